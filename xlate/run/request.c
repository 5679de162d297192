/* request.c -- the runner's connection to the translator.
 *
 * Jobs are copies of guest code on a list under request_lock; the background thread sends them, keeps them until they are answered,
 * and sends them again after the translator died -- once: a unit that was being translated at two deaths is left to the
 * interpreter. The thread and the connection come with the first job and the connection goes after a while without any.
 */
#include "xlate/run/request.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/guest_map.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "xlate/cache/cache_key.h"
#include "xlate/cache/protocol.h"
#include "xlate/run/spawn.h"
#include "xlate/run/stats.h"
#include "xlate/run/unit.h"

enum {
    JOBS_MAX = 4096,
    DEATHS_MAX = 2,
    CONNECT_TRIES = 400,        /* of 5 ms, after having started a translator */
    IDLE_MS = 10000,            /* then the connection is closed, so that the translator can end */
    RETRY_SECONDS = 10,         /* after the translator could not be reached */
};

struct job {
    struct job *next;
    bool sent;
    unsigned deaths;
    struct message_request message;
    uint8_t code[];
};

static pthread_mutex_t request_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;      /* jobs were added, or answered */
static struct job *jobs, **jobs_end = &jobs;
static unsigned job_count;
static uint32_t last_id;
static bool running;                    /* the background thread exists */
static int connection = -1, wake_fd = -1;
static time_t silent_until;             /* no requests before: the translator could not be reached */
static bool wide, wait_for_answers;
static struct sockaddr_un address;
static char worker_path[PATH_MAX], cache_path[PATH_MAX];
static struct request_stats stats;

static void lock(void) { pthread_mutex_lock(&request_lock); }
static void unlock(void) { pthread_mutex_unlock(&request_lock); }

/* As it is named from anywhere: the guest may change its directory. */
static int keep_path(char kept[PATH_MAX], const char *path, struct error *err)
{
    if (path[0] == '/' && strlen(path) < PATH_MAX)
        strcpy(kept, path);
    else if (!realpath(path, kept))
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    return 0;
}

int request_init(bool is64, const struct run_options *options, struct error *err)
{
    wide = is64;
    wait_for_answers = options->wait;
    pthread_atfork(lock, unlock, unlock);
    if (keep_path(cache_path, options->cache_dir, err) || (options->worker_path && keep_path(worker_path, options->worker_path, err)))
        return -1;
    return protocol_address(&address, options->worker_socket, cache_path, err);
}

/* --- the background thread ---------------------------------------------------------------------------------------------------- */

static int try_connect(void)
{
    struct message_hello hello = { .type = MESSAGE_HELLO, .version = PROTOCOL_VERSION, .fingerprint = cache_fingerprint() };
    int fd = private_fd(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));

    if (fd < 0)
        return -1;
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
        send(fd, &hello, sizeof hello, MSG_NOSIGNAL) == (ssize_t)sizeof hello)
        return fd;
    close(fd);
    return -1;
}

static int connect_translator(void)
{
    char *argv[] = { worker_path, "--foreground", "--cache", cache_path, "--socket", address.sun_path, NULL };
    int fd = try_connect();

    if (fd >= 0 || !worker_path[0])
        return fd;
    if (spawn_detached(worker_path, argv))
        return -1;
    for (int i = 0; i < CONNECT_TRIES && fd < 0; i++) {
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
        fd = try_connect();
    }
    return fd;
}

/* Take a job off the list; `link` points to it. */
static void drop(struct job **link)
{
    struct job *job = *link;

    *link = job->next;
    if (jobs_end == &job->next)
        jobs_end = link;
    job_count--;
    free(job);
}

static void forget_all(void)
{
    while (jobs) {
        unit_forget_request(jobs->message.entry);
        drop(&jobs);
    }
    pthread_cond_broadcast(&changed);
}

/* Lock held. The translator died or hung up. */
static void lost(void)
{
    close(connection);
    connection = -1;
    for (struct job **link = &jobs; *link;) {
        struct job *job = *link;
        if (!job->sent || ++job->deaths < DEATHS_MAX) {
            job->sent = false;
            link = &job->next;
            continue;
        }
        log_line(LOG_WARN, "request", "translator died twice over the unit at %#llx", (unsigned long long)job->message.entry);
        unit_answered(job->message.entry, job->message.precise, false);
        drop(link);
    }
    pthread_cond_broadcast(&changed);
}

/* Lock held. False: the connection is broken. */
static bool send_jobs(void)
{
    for (struct job *job = jobs; job; job = job->next) {
        if (job->sent)
            continue;
        ssize_t n = send(connection, &job->message, sizeof job->message + job->message.code_size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        job->sent = true;
        stats.sent++;
    }
    return true;
}

static bool unsent_jobs(void)
{
    for (const struct job *job = jobs; job; job = job->next)
        if (!job->sent)
            return true;
    return false;
}

static void take_answer(const struct message_answer *answer)
{
    bool found = answer->status == ANSWER_TRANSLATED || answer->status == ANSWER_FOUND;
    int failed = found ? unit_map_segment(answer->segment) : 0;

    lock();
    for (struct job **link = &jobs; *link; link = &(*link)->next) {
        struct job *job = *link;
        if (job->message.id != answer->id || !job->sent)
            continue;
        if (answer->status == ANSWER_TRANSLATED)
            stats.translated++;
        if (failed == -ENOENT)              /* merged away before we came to it: another segment has the unit */
            unit_forget_request(job->message.entry);
        else
            unit_answered(job->message.entry, job->message.precise, found && !failed);
        drop(link);
        break;
    }
    pthread_cond_broadcast(&changed);
    unlock();
}

/* False: the connection is broken. */
static bool receive_answers(void)
{
    struct message_answer answer;

    for (;;) {
        ssize_t n = recv(connection, &answer, sizeof answer, MSG_DONTWAIT | MSG_TRUNC);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        if (!protocol_check_answer(&answer, (size_t)n))
            return false;
        take_answer(&answer);
    }
}

/* Until the connection breaks or nothing was to do for a while. */
static void serve_connection(void)
{
    uint64_t wakes;

    for (;;) {
        lock();
        bool sound = send_jobs();
        struct pollfd fds[] = { { .fd = connection, .events = (short)(POLLIN | (unsent_jobs() ? POLLOUT : 0)) },
                                { .fd = wake_fd, .events = POLLIN } };
        bool idle = !jobs;
        unlock();
        int ready = sound ? poll(fds, 2, idle ? IDLE_MS : -1) : -1;
        if (fds[1].revents & POLLIN && read(wake_fd, &wakes, sizeof wakes) < 0 && errno != EAGAIN)
            return;
        if (!sound || (ready == 0 && idle) || (ready > 0 && !receive_answers()))
            return;
    }
}

static void *background(void *unused)
{
    lock();
    for (;;) {
        while (!jobs)
            pthread_cond_wait(&changed, &request_lock);
        unlock();
        int fd = connect_translator();
        lock();
        connection = fd;
        if (fd < 0) {
            log_line(silent_until ? LOG_INFO : LOG_WARN, "request", "no translator at %s", address.sun_path);
            silent_until = time(NULL) + RETRY_SECONDS;
            forget_all();
            continue;
        }
        unlock();
        serve_connection();
        lock();
        lost();
    }
    return unused;
}

/* Lock held. Signals are the guest's: this thread takes none. */
static bool start_background(void)
{
    pthread_t thread;
    pthread_attr_t attr;
    sigset_t all, old;

    if (running)
        return true;
    wake_fd = private_fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (wake_fd < 0)
        return false;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attr, 256 << 10);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    running = pthread_create(&thread, &attr, background, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
    if (!running)
        close(wake_fd);
    return running;
}

/* --- guest threads ----------------------------------------------------------------------------------------------------------- */

static struct job *make_job(gva entry)
{
    gva lo, hi, from, to;
    int prot = guest_prot(entry, &lo, &hi);

    if (prot < 0 || !(prot & PROT_EXEC) || entry % 4)
        return NULL;
    protocol_window(entry, lo, hi, &from, &to);
    struct job *job = malloc(sizeof *job + (to - from));
    if (!job)
        return NULL;
    memset(job, 0, sizeof *job);
    job->message = (struct message_request){ .type = MESSAGE_REQUEST, .is64 = wide, .precise = unit_precise(), .entry = entry,
                                             .code_base = from, .code_size = (uint32_t)(to - from),
                                             .urgent = wait_for_answers };
    memcpy(job->code, g2h(from), to - from);
    return job;
}

static void add(struct job *job)
{
    job->message.id = ++last_id;
    *jobs_end = job;
    jobs_end = &job->next;
    job_count++;
    pthread_cond_broadcast(&changed);
}

static bool pending(uint32_t id)
{
    for (const struct job *job = jobs; job; job = job->next)
        if (job->message.id == id)
            return true;
    return false;
}

static void wait_for(uint32_t id)
{
    uint64_t begun = stats_clock();

    while (pending(id))
        pthread_cond_wait(&changed, &request_lock);
    stats.wait_ns += stats_clock() - begun;
}

bool request_unit(gva entry)
{
    if (!unit_can_take_more() || __atomic_load_n(&job_count, __ATOMIC_RELAXED) >= JOBS_MAX || time(NULL) < silent_until)
        return false;
    struct job *job = make_job(entry);
    if (!job)
        return false;
    lock();
    if (!start_background()) {
        unlock();
        free(job);
        return false;
    }
    add(job);
    eventfd_write(wake_fd, 1);
    if (wait_for_answers)
        wait_for(last_id);
    unlock();
    return true;
}

void request_after_fork(void)
{
    pthread_cond_init(&changed, NULL);
    if (running) {
        if (connection >= 0)
            close(connection);
        close(wake_fd);
    }
    running = false;
    connection = wake_fd = -1;
    forget_all();
}

void request_stats(struct request_stats *out)
{
    lock();
    *out = stats;
    unlock();
}
