/* xlated.c -- main of xlated, the translator: options, limits, the service. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include "xlate/cache/cache_key.h"
#include "xlate/cache/protocol.h"
#include "xlate/worker/cache_append.h"
#include "xlate/worker/serve.h"
#include "xlate/worker/unit_code.h"

struct options {
    const char *cache, *socket;
    unsigned threads, idle, memory, size, time;     /* time: milliseconds */
    bool foreground;
};

static volatile sig_atomic_t stop;

static void on_signal(int signo) { stop = 1; }

static const char help[] =
    "Usage: xlated --cache DIR [OPTION]...\n"
    "Translates guest code for aixrun, which starts it when needed, into the code cache DIR.\n"
    "\n"
    "  --cache DIR       the code cache; made when it is missing\n"
    "  --socket PATH     where to listen (default: in DIR)\n"
    "  --threads N       translations at a time (default: number of processors)\n"
    "  --idle SECONDS    end after so long without a connection (default: 30)\n"
    "  --memory MIB      limit of its address space (default: 8192)\n"
    "  --time SECONDS    of processor time for one translation, as 60 or 0.5; beyond it the process ends (default: 60, 0: no limit)\n"
    "  --size MIB        what the cache may take; units used longest ago go first (default: 2048, 0: no limit)\n"
    "  --foreground      stay in the foreground\n"
    "  --help, --version\n"
    "\n"
    "One xlated of a build serves a cache; another ends at once with status 0.\n";

static void print_version(void)
{
    struct cache_hash f = cache_fingerprint();

    printf("xlated %s, translator %016" PRIx64 "%016" PRIx64 "\n", translator_fingerprint(), f.high, f.low);
}

static unsigned number(const char *option, const char *text)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);

    if (!*text || *end || n > 1000000) {
        fprintf(stderr, "xlated: --%s: \"%s\" is not a number\n", option, text);
        exit(2);
    }
    return (unsigned)n;
}

static unsigned milliseconds(const char *option, const char *text)
{
    char *end;
    double seconds = strtod(text, &end);

    if (!*text || *end || !(seconds >= 0 && seconds <= 1000000)) {
        fprintf(stderr, "xlated: --%s: \"%s\" is not a number\n", option, text);
        exit(2);
    }
    return (unsigned)(seconds * 1000 + 0.5);
}

static void parse(int argc, char **argv, struct options *o)
{
    enum { CACHE = 1, SOCKET, THREADS, IDLE, MEMORY, SIZE, TIME, FOREGROUND, HELP, VERSION };
    static const struct option table[] = {
        { "cache", required_argument, NULL, CACHE },     { "socket", required_argument, NULL, SOCKET },
        { "threads", required_argument, NULL, THREADS }, { "idle", required_argument, NULL, IDLE },
        { "memory", required_argument, NULL, MEMORY },   { "time", required_argument, NULL, TIME },
        { "size", required_argument, NULL, SIZE },       { "foreground", no_argument, NULL, FOREGROUND },
        { "help", no_argument, NULL, HELP },             { "version", no_argument, NULL, VERSION },
        { NULL, 0, NULL, 0 },
    };

    for (int c; (c = getopt_long(argc, argv, "", table, NULL)) != -1;) {
        switch (c) {
        case CACHE:      o->cache = optarg; break;
        case SOCKET:     o->socket = optarg; break;
        case THREADS:    o->threads = number("threads", optarg); break;
        case IDLE:       o->idle = number("idle", optarg); break;
        case MEMORY:     o->memory = number("memory", optarg); break;
        case SIZE:       o->size = number("size", optarg); break;
        case TIME:       o->time = milliseconds("time", optarg); break;
        case FOREGROUND: o->foreground = true; break;
        case HELP:       fputs(help, stdout); exit(0);
        case VERSION:    print_version(); exit(0);
        default:         exit(2);
        }
    }
    if (optind < argc || !o->cache) {
        fputs(o->cache ? "xlated: too many arguments\n" : "xlated: --cache DIR is missing\n", stderr);
        exit(2);
    }
}

/* A runaway translation ends this process, not the machine's other work. */
static void set_limits(const struct options *o)
{
    struct rlimit memory = { (rlim_t)o->memory << 20, (rlim_t)o->memory << 20 }, none = { 0, 0 };

    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CORE, &none);
    if (nice(5) == -1 && errno)
        perror("xlated: nice");
}

static void set_signals(void)
{
    struct sigaction ask = { .sa_handler = on_signal }, ignore = { .sa_handler = SIG_IGN };

    sigaction(SIGTERM, &ask, NULL);
    sigaction(SIGINT, &ask, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGHUP, &ignore, NULL);
}

/* The service is ready when the process that was started ends. */
static int to_background(struct error *err)
{
    pid_t pid = fork();

    if (pid < 0)
        return error_set(err, errno, "fork: %s", strerror(errno));
    if (pid > 0)
        _exit(0);
    setsid();
    return 0;
}

static int run(const struct options *o, struct error *err)
{
    struct sockaddr_un address;
    struct listener listener;
    struct serve_options service = { .threads = o->threads ? o->threads : 1, .idle_seconds = o->idle,
                                     .unit_ms = o->time };
    struct cache *cache = cache_attach(o->cache, (uint64_t)o->size << 20, err);

    if (!cache || protocol_address(&address, o->socket, o->cache, err) || serve_listen(&listener, address.sun_path, err))
        return -1;
    if (!o->foreground && to_background(err))
        return -1;
    cache_own(cache);
    int result = serve(&listener, cache, &service, &stop, err);
    serve_unlisten(&listener);
    /* Worker threads may still be translating: the cache is left to the end of the process. */
    return result;
}

int main(int argc, char **argv)
{
    struct options options = { .threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN), .idle = 30, .memory = 8192, .time = 60000,
                               .size = 2048 };
    struct error err;

    parse(argc, argv, &options);
    set_limits(&options);
    set_signals();
    if (run(&options, &err) == 0)
        _exit(0);
    if (err.code == EBUSY)
        return 0;
    fprintf(stderr, "xlated: %s\n", err.text);
    return 1;
}
