/* sys/systemcfg.h -- what machine this is [aix-abi 4.14, 4.15: _system_configuration; offsets from 84 on are inferred]. */
#ifndef _H_SYSTEMCFG
#define _H_SYSTEMCFG

struct _system_configuration {
    int architecture, implementation, version, width, ncpus;
    int cache_attrib, icache_size, dcache_size, icache_asc, dcache_asc, icache_block, dcache_block, icache_line, dcache_line;
    int L2_cache_size, L2_cache_asc, tlb_attrib, itlb_size, dtlb_size, itlb_asc, dtlb_asc, resv_size;
    int priv_lck_cnt, prob_lck_cnt, rtc_type, virt_alias, cach_cong, model_arch, model_impl, Xint, Xfrac;
    int kernel;
    unsigned long long physmem;
};
extern struct _system_configuration _system_configuration;

#define SC_ARCH          1
#define SC_IMPL          2
#define SC_VERS          3
#define SC_WIDTH         4
#define SC_NCPUS         5
#define SC_L1C_ATTR      6
#define SC_L1C_ISZ       7
#define SC_L1C_DSZ       8
#define SC_L1C_ICA       9
#define SC_L1C_DCA       10
#define SC_L1C_IBS       11
#define SC_L1C_DBS       12
#define SC_L1C_ILS       13
#define SC_L1C_DLS       14
#define SC_L2C_SZ        15
#define SC_L2C_AS        16
#define SC_TLB_ATTR      17
#define SC_ITLB_SZ       18
#define SC_DTLB_SZ       19
#define SC_ITLB_ATT      20
#define SC_DTLB_ATT      21
#define SC_RESRV_SZ      22
#define SC_PRI_LC        23
#define SC_PRO_LC        24
#define SC_RTC_TYPE      25
#define SC_VIRT_AL       26
#define SC_CAC_CONG      27
#define SC_MOD_ARCH      28
#define SC_MOD_IMPL      29
#define SC_XINT          30
#define SC_XFRAC         31
#define SC_KRN_ATTR      32
#define SC_PHYSMEM       33
#define SC_SLB_ATTR      34
#define SC_SLB_SZ        35
#define SC_ORIG_NCPUS    36
#define SC_MAX_NCPUS     37
#define SC_MAX_REALADDR  38
#define SC_ORIG_ENT_CAP  39
#define SC_VMX_VER       47

#define POWER_RS     1
#define POWER_PC     2
#define POWER_4      0x0800
#define POWER_5      0x2000
#define __power_pc() (_system_configuration.architecture == POWER_PC)
#define __power_5()  (_system_configuration.implementation == POWER_5)

unsigned long getsystemcfg(int);

#endif
