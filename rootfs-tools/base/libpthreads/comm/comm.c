/* comm.c -- data objects of shr_comm.o, which start-up code of threaded programs and debuggers refer to [aix-abi 2.4, 5.4]. */
int __multi_threaded;       /* 1 once a second thread was made */
int __pthread_trace[4];     /* contents private to AIX; zero */
int __pthread[64];          /* the same; imported with __pth_init by AIX 6 and 7 start-up code */
