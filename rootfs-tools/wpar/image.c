/* image.c -- `wpar image`: AIX backup images (mksysb, savewpar, installp packages) listed, read, extracted, checked and
 * made. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/image_session.h"

static const char help_text[] =
    "usage: wpar image ls [-l | --json | --packages] IMAGE [NAME ...]\n"
    "       wpar image cat IMAGE NAME\n"
    "       wpar image extract [-C DIR] [-v] [--sidecar FILE] [--max-bytes N] [--max-members N] IMAGE [NAME ...]\n"
    "       wpar image verify IMAGE\n"
    "       wpar image create [-C DIR] [--pack] [--sidecar FILE] IMAGE\n"
    "\n"
    "AIX backups by name: mksysb and savewpar images and installp packages; as a file, in a tape image, in an ISO.\n"
    "IMAGE is a file, or - for standard input (create: output). NAME is a member, or a directory with all below it.\n"
    "\n"
    "  -l               ls: modes, owners, sizes, dates\n"
    "  --json           ls: a JSON object a line\n"
    "  --packages       ls: the filesets of an installp package\n"
    "  -C DIR           the directory to extract into or to make the image of; default .\n"
    "  -v               extract: print names and, at the end, counts\n"
    "  --pack           create: pack files that become smaller by it\n"
    "  --sidecar FILE   extract: where to record what the file system could not be given; default DIR.image.json\n"
    "                   create: owners, modes, ACLs and devices that an extraction recorded\n"
    "  --max-bytes N    extract: stop before more than N bytes; default what is free, less a twentieth\n"
    "  --max-members N  extract: stop before more than N members; default what is free, less a twentieth\n"
    "  --help, --version\n"
    "\n"
    "environment: SOURCE_DATE_EPOCH (create: the date of the image)\n"
    "exit status: 0 all is well; 1 the image is damaged, or some members could not be read or made (a line each says\n"
    "which); 2 for a wrong command line; 3 nothing could be done, or it had to be stopped\n";

static const struct {
    const char *name;
    int (*run)(const struct image_options *o);
    int names_min, names_max;
    const char *options;        /* letters of those below that it takes */
} verbs[] = {
    { "ls",      image_ls,      0, -1, "ljp" },
    { "cat",     image_cat,     1, 1,  "" },
    { "extract", image_extract, 0, -1, "Cvsbm" },
    { "verify",  image_verify,  0, 0,  "" },
    { "create",  image_create,  0, 0,  "Csk" },
};

static int take_number(const char *text, uint64_t *value, struct error *err)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 10);
    if (errno || end == text || *end || *text == '-' || *value == 0)
        return error_set(err, EINVAL, "'%s' is not a number above 0", text);
    return 0;
}

struct known_option { const char *name; char letter; bool has_value; };

static const struct known_option *find_option(const char *word)
{
    static const struct known_option known[] = {
        { "-l", 'l', false },         { "--json", 'j', false },       { "--packages", 'p', false },
        { "-C", 'C', true },          { "-v", 'v', false },           { "--sidecar", 's', true },
        { "--max-bytes", 'b', true }, { "--max-members", 'm', true }, { "--pack", 'k', false },
    };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strcmp(known[i].name, word) == 0)
            return &known[i];
    return NULL;
}

static int set_option(struct image_options *o, char letter, const char *value, struct error *err)
{
    switch (letter) {
    case 'l': o->detailed = true; return 0;
    case 'j': o->json = true; return 0;
    case 'p': o->packages = true; return 0;
    case 'v': o->verbose = true; return 0;
    case 'k': o->pack = true; return 0;
    case 'C': o->directory = value; return 0;
    case 's': o->sidecar = value; return 0;
    case 'b': return take_number(value, &o->max_bytes, err);
    default:  return take_number(value, &o->max_members, err);
    }
}

/* Options of a verb, then IMAGE and names. */
static int parse(int argc, char **argv, size_t verb, struct image_options *o, struct error *err)
{
    int i = 2;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        const struct known_option *option = find_option(argv[i]);
        if (!option || !strchr(verbs[verb].options, option->letter))
            return error_set(err, EINVAL, "%s has no option %s (--help lists them)", verbs[verb].name, argv[i]);
        if (option->has_value && i + 1 >= argc)
            return error_set(err, EINVAL, "%s needs a value", argv[i]);
        if (set_option(o, option->letter, option->has_value ? argv[++i] : NULL, err))
            return -1;
    }
    if (i >= argc)
        return error_set(err, EINVAL, "%s: IMAGE is missing", verbs[verb].name);
    o->verb = verbs[verb].name;
    o->image = argv[i++];
    o->names = argv + i;
    o->name_count = argc - i;
    if (o->name_count < verbs[verb].names_min)
        return error_set(err, EINVAL, "%s: NAME is missing", o->verb);
    if (verbs[verb].names_max >= 0 && o->name_count > verbs[verb].names_max)
        return error_set(err, EINVAL, "%s: one word too many: %s", o->verb, o->names[verbs[verb].names_max]);
    if (o->detailed + o->json + o->packages > 1)
        return error_set(err, EINVAL, "%s: only one of -l, --json and --packages", o->verb);
    return 0;
}

int image_main(int argc, char **argv)
{
    struct image_options o = { 0 };
    struct error err;
    const char *word = argc > 1 ? argv[1] : "";
    if (strcmp(word, "--version") == 0)
        return puts("wpar image (vwpar) " VWPAR_VERSION), 0;
    for (int i = 1; i < argc && (i == 1 || argv[i][0] == '-'); i++)
        if (strcmp(argv[i], "--help") == 0)
            return fputs(help_text, stdout), 0;
    for (size_t verb = 0; verb < ARRAY_LEN(verbs); verb++) {
        if (strcmp(verbs[verb].name, word) != 0)
            continue;
        if (parse(argc, argv, verb, &o, &err) == 0)
            return verbs[verb].run(&o);
        fprintf(stderr, "wpar image: %s\n", err.text);
        return IMAGE_USAGE;
    }
    fprintf(stderr,
            *word ? "wpar image: unknown command '%s' (--help lists them)\n"
                  : "wpar image: a command is missing%s (--help lists them)\n",
            word);
    return IMAGE_USAGE;
}
