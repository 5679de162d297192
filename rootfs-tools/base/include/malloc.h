/* malloc.h -- memory allocation. */
#ifndef _H_MALLOC
#define _H_MALLOC

#include <stdlib.h>

struct mallinfo {
    unsigned long arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
};
struct mallinfo mallinfo(void);
int mallopt(int, int);

#endif
