/* root.c -- square roots by the instruction: every processor that AIX 5.2 and 5.3 can be run on here has it, and it rounds correctly
 * [IEEE 754 5.4.1]. Compiled for POWER4 in both widths. */
double __ieee754_sqrt(double);
float __ieee754_sqrtf(float);

double __ieee754_sqrt(double x) { return __builtin_sqrt(x); }
float __ieee754_sqrtf(float x) { return __builtin_sqrtf(x); }
