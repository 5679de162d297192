/* lswpar_fields.c -- see lswpar_fields.h. Fields and their order: [wpar 4.2]; of -I, -X, -T and -b they are not recorded, and chosen. */
#include "rootfs-tools/wpar/lswpar_fields.h"

#include <stdio.h>
#include <string.h>

static const struct view views[] = {
    { 0, STANZA_general, "name,state,type,hostname,directory,rootvgwpar", "name,state,type,hostname,directory,rootvgwpar" },
    { 'G', STANZA_general,
      "name,state,type,rootvgwpar,hostname,routing,vipwpar,directory,owner,script,auto,privateusr,checkpointable,application,ostype,"
      "xwparipc,architecture,uuid", NULL },
    { 'N', STANZA_network, "name,interface,address,mask_prefix,broadcast", "name,interface,address,mask_prefix,broadcast" },
    { 'I', STANZA_route, "name,rttype,rtdest,rtgateway,rtinterface", "name,rttype,rtdest,rtgateway,rtinterface" },
    { 'M', STANZA_mount, "name,mountpoint,device,vfs,nodename,options", "name,mountpoint,device,vfs,nodename,options" },
    { 'D', STANZA_device, "name,devname,devtype,vdevname,devstatus,devid,rootvg,adapter",
      "name,devname,devtype,vdevname,rootvg,devstatus" },
    { 'X', STANZA_kext, "name,kext,local,major,status", "name,kext,local,major,status" },
    { 'b', STANZA_general, "name,state,type", "name,state,type" },
    { 'R', STANZA_resources,
      "name,state,active,rset,shares_CPU,CPU,shares_memory,memory,procVirtMem,totalVirtMem,totalProcesses,totalThreads,totalPTYs,"
      "totalLargePages,pct_msgIDs,pct_semIDs,pct_shmIDs,pct_pinMem", NULL },
    { 'S', STANZA_security, "name,state,privs", NULL },
    { 'T', STANZA_copy_controls, "name,state,preserve_private,preserve_wpars", NULL },
    { 'L', STANZA_general, "", NULL },
};

const struct view *view_of(char letter)
{
    for (size_t i = 0; i < ARRAY_LEN(views); i++)
        if (views[i].letter == letter)
            return &views[i];
    return NULL;
}

const char *state_name(char letter)
{
    static const struct { char letter; const char *name; } states[] = {
        { 'A', "Active" }, { 'D', "Defined" }, { 'L', "Loaded" }, { 'P', "Paused" }, { 'F', "Frozen" }, { 'T', "Transitional" },
        { 'B', "Broken" }, { 'M', "Maintenance" },
    };
    for (size_t i = 0; i < ARRAY_LEN(states); i++)
        if (states[i].letter == letter)
            return states[i].name;
    return "Error";
}

enum attribute field_find(enum stanza_id stanza, const char *name, size_t length)
{
    const enum stanza_id places[] = { stanza, STANZA_general };
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        for (enum attribute a = 0; a < ATTRIBUTE_COUNT; a++)
            if (attributes[a].stanza == places[i] && strlen(attributes[a].field) == length && length > 0 &&
                strncmp(attributes[a].field, name, length) == 0)
                return a;
    return ATTRIBUTE_COUNT;
}

static const char *computed(const struct listed *w, enum attribute a)
{
    static char letter[2];
    if (a == ATTR_general_state)
        return letter[0] = w->state.letter, letter;
    if (a == ATTR_device_devstatus)
        return w->state.letter == 'A' ? "EXPORTED" : "ALLOCATED";
    return attributes[a].initial;
}

const char *field_value(const struct listed *w, const struct record *r, enum attribute field)
{
    if (attributes[field].where == WHERE_SHOWN)
        return computed(w, field);
    if (!r || attributes[field].stanza != r->stanza)
        return definition_get(&w->definition, field);
    const char *value = record_get(r, field);
    for (enum attribute a = field + 1; !*value && a < ATTRIBUTE_COUNT && attributes[a].stanza == r->stanza; a++)
        if (strcmp(attributes[a].field, attributes[field].field) == 0)
            value = record_get(r, a);
    return value;
}
