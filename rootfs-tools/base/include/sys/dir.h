/* sys/dir.h -- the old name of dirent.h. */
#ifndef _H_DIR
#define _H_DIR
#include <dirent.h>
#define direct dirent
#endif
