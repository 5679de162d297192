/* needs.c -- a program of a library that is missing at run time. */
int nowhere(void);
int main(void) { return nowhere(); }
