/* sys/vminfo.h -- memory information; VM_PAGE_INFO alone is public [aix-abi 3.5]. */
#ifndef _H_VMINFO
#define _H_VMINFO

#define VM_PAGE_INFO 7
struct vm_page_info {
    unsigned long long addr, pagesize;
};
int vmgetinfo(void *, int, int);

#endif
