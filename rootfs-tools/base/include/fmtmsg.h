/* fmtmsg.h -- messages in a common form [XSH fmtmsg; values recalled]. */
#ifndef _H_FMTMSG
#define _H_FMTMSG

#define MM_HARD     0x00000001L
#define MM_SOFT     0x00000002L
#define MM_FIRM     0x00000004L
#define MM_APPL     0x00000008L
#define MM_UTIL     0x00000010L
#define MM_OPSYS    0x00000020L
#define MM_RECOVER  0x00000040L
#define MM_NRECOV   0x00000080L
#define MM_PRINT    0x00000100L
#define MM_CONSOLE  0x00000200L
#define MM_NULLMC   0L
#define MM_NULLLBL  ((char *)0)
#define MM_NULLTXT  ((char *)0)
#define MM_NULLACT  ((char *)0)
#define MM_NULLTAG  ((char *)0)
#define MM_NULLSEV  0
#define MM_NOSEV    0
#define MM_HALT     1
#define MM_ERROR    2
#define MM_WARNING  3
#define MM_INFO     4
#define MM_OK       0
#define MM_NOTOK    (-1)
#define MM_NOMSG    1
#define MM_NOCON    4

int fmtmsg(long, const char *, int, const char *, const char *, const char *);

#endif
