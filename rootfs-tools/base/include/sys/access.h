/* sys/access.h -- accessx: whose rights. */
#include <unistd.h>
