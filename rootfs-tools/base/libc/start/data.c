/* data.c -- data objects that the start files of programs import [aix-abi 2.4]. Their contents are private to libc; zero is the
 * neutral value, -1 means "not threaded".
 */
int __crt0v = 0;
int __n_pthreads = -1;
long _libc_data_funcs[64] = { 0 };
