/* convert.c -- constants, _isinf, and what 32-bit code compiled by IBM's compilers calls for 64-bit integers [real-inputs A.1]. */
#include <math.h>

long long __divi64(long long, long long);
unsigned long long __divu64(unsigned long long, unsigned long long);
long long __f64toi64rz(double);
unsigned long long __f64tou64rz(double);

const double _DBLINF = __builtin_huge_val();
const double _DBLNAN = __builtin_nan("");

int _isinf(double v) { return isinf(v) != 0; }

long long __divi64(long long a, long long b) { return a / b; }
unsigned long long __divu64(unsigned long long a, unsigned long long b) { return a / b; }
long long __f64toi64rz(double v) { return (long long)v; }
unsigned long long __f64tou64rz(double v) { return (unsigned long long)v; }
