/* unit_code.c -- what a finished unit owns. */
#include "xlate/worker/unit_code.h"

#include <stdlib.h>

void unit_code_free(struct unit_code *u)
{
    free(u->text);
    free(u->links);
    free(u->ranges);
    free(u->pcs);
    free(u->moves);
    *u = (struct unit_code){0};
}
