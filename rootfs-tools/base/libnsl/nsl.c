/* nsl.c -- libnsl.a, as far as programs are known to import from it: the call that sets it up [real-inputs A.1]. The transport interface
 * (t_open and its like) is not here.
 */
int __nsl_init(void);
int __nsl_init(void) { return 0; }
