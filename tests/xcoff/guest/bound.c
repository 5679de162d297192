/* bound.c -- the module that binding.c loads, linked in three ways: what it calls belongs to the program. */
int from_main(int x);
int bound(int x);

int bound(int x) { return from_main(x) + 1; }
