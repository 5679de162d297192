/* plugin.c -- the module that modules.c loads: a function, data, and functions for its begin and end. */
#include <stdio.h>

int plugin_value = 10;

void plugin_begin(void)
{
    plugin_value += 5;
    puts("plugin begins");
}

void plugin_end(void) { puts("plugin ends"); }

int plugin_add(int a, int b) { return a + b + plugin_value; }
