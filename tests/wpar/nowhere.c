/* nowhere.c -- a library that is linked against and then not delivered. */
int nowhere(void);
int nowhere(void) { return 1; }
