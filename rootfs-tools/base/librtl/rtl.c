/* rtl.c -- the run-time linker that -brtl programs name in their __rtinit. The loader itself binds names over all
 * modules ("..") when it loads them, so nothing is left to do here. [aix-abi 1.7, 2.6] */
int __rtld(void);

int __rtld(void)
{
    return 0;
}
