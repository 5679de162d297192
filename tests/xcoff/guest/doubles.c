/* doubles.c -- floating point: arithmetic, rounding of printf, conversion both ways. Expected output: the same source
 * built for the host without contraction. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    double a = 1.0 / 3, b = 1e300;
    float f = 0.1f;
    printf("%.17g %.17g %g %g\n", a, a * 3, b * b, -b * b);
    printf("%.9g %.9g %d %u\n", (double)f, (double)(f * f), (int)-2.99, (unsigned)4e9);
    printf("%f %e %G %.0f %.0f %.0f %a\n", 12345.6789, 12345.6789, 1e-10, 0.5, 1.5, 2.5, 0x1.8p3);
    printf("%.17g %.17g %.17g\n", strtod("0.1", NULL), strtod("1.7976931348623157e308", NULL),
           strtod("4.9e-324", NULL));
    printf("%.20f %10.3e|%-12g|%+g|% g\n", 0.1, 1234.5, 3.5, 2.0, 2.0);
    double x = 1;
    for (int i = 1; i < 60; i++)
        x = x / i + 1 / x;
    printf("%.15g\n", x);
    printf("%d %d %d\n", a < b, a != a, 0.0 == -0.0);
    return 0;
}
