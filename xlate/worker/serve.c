/* serve.c -- the translator's service.
 *
 * The main thread does everything but translating: it accepts, reads requests, answers from the cache what is there, queues the
 * rest, writes what the worker threads finished, and answers. Requests for the same unit are one job with several waiters.
 *
 * Finished units are written together: at once when nothing else is being translated or a guest waits, else after a pause that
 * grows with the number of segments that were written, since each of them becomes a mapping in the runners that asked for it.
 */
#include "xlate/worker/serve.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "xlate/cache/protocol.h"
#include "xlate/worker/sandbox.h"

enum {
    CONNECTIONS_MAX = 1000,
    FEW_SEGMENTS = 16,
    PAUSE_MS = 30, PAUSE_PER_SEGMENT_MS = 2, PAUSE_MAX_MS = 1000,
    WORKER_STACK = 16 << 20,            /* LLVM recurses */
    SEND_SECONDS = 5,                   /* a runner that does not read its answers for so long is hung up on */
};

struct connection {
    int fd;
    bool greeted;
};

struct waiter {
    struct waiter *next;
    struct connection *connection;      /* NULL: gone */
    uint32_t id;
};

enum job_state { JOB_QUEUED, JOB_RUNNING, JOB_DONE, JOB_REFUSED };

struct job {
    struct job *next;
    enum job_state state;
    struct waiter *waiters;
    bool urgent;
    clockid_t clock;                    /* running: processor time of its thread, and what it was at the beginning */
    uint64_t begun_ms;
    struct unit_request unit;
    struct unit_code result;
    struct error error;
    uint8_t code[];
};

struct server {
    const struct listener *listener;
    int done_fd;
    struct cache *cache;
    struct connection *connections[CONNECTIONS_MAX];
    size_t connection_count;
    uint64_t last_flush, last_busy;     /* milliseconds */
    unsigned flushes;                   /* since somebody is connected */

    pthread_mutex_t lock;               /* for what the worker threads touch: */
    pthread_cond_t queued;
    struct job *jobs, **jobs_end;       /* in order of arrival; off the list when answered */
};

static uint64_t clock_ms(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static uint64_t now_ms(void) { return clock_ms(CLOCK_MONOTONIC); }

/* --- worker threads -------------------------------------------------------------------------------------------------------------- */

static struct job *next_job(struct server *s)
{
    clockid_t clock;

    pthread_getcpuclockid(pthread_self(), &clock);
    pthread_mutex_lock(&s->lock);
    for (;;) {
        for (struct job *job = s->jobs; job; job = job->next) {
            if (job->state == JOB_QUEUED) {
                job->state = JOB_RUNNING;
                job->clock = clock;
                job->begun_ms = clock_ms(clock);
                pthread_mutex_unlock(&s->lock);
                return job;
            }
        }
        pthread_cond_wait(&s->queued, &s->lock);
    }
}

static void *worker(void *arg)
{
    struct server *s = arg;
    struct error err;
    struct translator *translator = translator_new(&err);

    if (!translator) {
        fprintf(stderr, "xlated: %s\n", err.text);
        exit(1);
    }
    for (;;) {
        struct job *job = next_job(s);
        int failed = translate_unit(translator, &job->unit, &job->result, &job->error);
        pthread_mutex_lock(&s->lock);
        job->state = failed ? JOB_REFUSED : JOB_DONE;
        pthread_mutex_unlock(&s->lock);
        eventfd_write(s->done_fd, 1);
    }
}

static int start_workers(struct server *s, unsigned count, struct error *err)
{
    pthread_attr_t attr;
    pthread_t thread;
    sigset_t all, old;
    int failed = 0;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, WORKER_STACK);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    for (unsigned i = 0; i < count && !failed; i++)
        failed = pthread_create(&thread, &attr, worker, s);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attr);
    return failed ? error_set(err, failed, "cannot start a thread: %s", strerror(failed)) : 0;
}

/* --- connections --------------------------------------------------------------------------------------------------------------- */

static void accept_connection(struct server *s)
{
    struct timeval patience = { .tv_sec = SEND_SECONDS };
    int fd = accept4(s->listener->fd, NULL, NULL, SOCK_CLOEXEC);
    struct connection *c = fd >= 0 && s->connection_count < CONNECTIONS_MAX ? calloc(1, sizeof *c) : NULL;

    if (!c) {
        if (fd >= 0)
            close(fd);
        return;
    }
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    c->fd = fd;
    s->connections[s->connection_count++] = c;
}

static void hang_up(struct server *s, size_t index)
{
    struct connection *c = s->connections[index];

    for (struct job *job = s->jobs; job; job = job->next)
        for (struct waiter *w = job->waiters; w; w = w->next)
            if (w->connection == c)
                w->connection = NULL;
    close(c->fd);
    free(c);
    s->connections[index] = s->connections[--s->connection_count];
}

/* A runner that is gone or stuck is noticed by poll: shut down, it reads as closed. */
static void answer(struct connection *c, uint32_t id, enum answer_status status, const char *segment)
{
    struct message_answer m = { .type = MESSAGE_ANSWER, .id = id, .status = status };

    if (segment)
        snprintf(m.segment, sizeof m.segment, "%s", segment);
    if (send(c->fd, &m, sizeof m, MSG_NOSIGNAL) < 0)
        shutdown(c->fd, SHUT_RDWR);
}

/* --- requests ------------------------------------------------------------------------------------------------------------------ */

static bool same_unit(const struct unit_request *a, const struct unit_request *b)
{
    return a->entry == b->entry && a->is64 == b->is64 && a->precise == b->precise && a->code_base == b->code_base &&
           a->code_size == b->code_size && !memcmp(a->code, b->code, a->code_size);
}

static struct job *make_job(const struct unit_request *unit)
{
    struct job *job = calloc(1, sizeof *job + unit->code_size);

    if (!job)
        return NULL;
    job->unit = *unit;
    job->unit.code = job->code;
    memcpy(job->code, unit->code, unit->code_size);
    return job;
}

/* Lock held. */
static struct job *job_for(struct server *s, const struct unit_request *unit)
{
    for (struct job *job = s->jobs; job; job = job->next)
        if (same_unit(&job->unit, unit))
            return job;
    struct job *job = make_job(unit);
    if (!job)
        return NULL;
    *s->jobs_end = job;
    s->jobs_end = &job->next;
    pthread_cond_signal(&s->queued);
    return job;
}

static void queue(struct server *s, struct connection *c, const struct message_request *m, const struct unit_request *unit)
{
    struct waiter *w = malloc(sizeof *w);

    pthread_mutex_lock(&s->lock);
    struct job *job = w ? job_for(s, unit) : NULL;
    if (job) {
        *w = (struct waiter){ .next = job->waiters, .connection = c, .id = m->id };
        job->waiters = w;
        job->urgent |= m->urgent;
    }
    pthread_mutex_unlock(&s->lock);
    if (!job) {
        free(w);
        answer(c, m->id, ANSWER_FAILED, NULL);
    }
}

static void take_request(struct server *s, struct connection *c, const struct message_request *m)
{
    struct unit_request unit = { .is64 = m->is64, .precise = m->precise, .entry = m->entry, .code_base = m->code_base,
                                 .code = (const uint8_t *)(m + 1), .code_size = m->code_size };
    const char *segment = cache_contains(s->cache, &unit);

    if (segment)
        answer(c, m->id, ANSWER_FOUND, segment);
    else
        queue(s, c, m, &unit);
}

/* False: hang up. */
static bool take_packet(struct server *s, struct connection *c)
{
    static _Alignas(8) uint8_t packet[MESSAGE_MAX];
    ssize_t n = recv(c->fd, packet, sizeof packet, MSG_DONTWAIT | MSG_TRUNC);

    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (!c->greeted)
        return c->greeted = protocol_check_hello(packet, (size_t)n);
    if (!protocol_check_request(packet, (size_t)n))
        return false;
    take_request(s, c, (const struct message_request *)packet);
    return true;
}

/* --- results ------------------------------------------------------------------------------------------------------------------- */

/* Off the list, everybody told. */
static void finish(struct job *job, enum answer_status status, const char *segment)
{
    while (job->waiters) {
        struct waiter *w = job->waiters;
        job->waiters = w->next;
        if (w->connection)
            answer(w->connection, w->id, status, segment);
        free(w);
    }
    free(job);
}

/* Takes the jobs in a state off the list, as a list of their own; lock held. */
static struct job *take_jobs(struct server *s, enum job_state state)
{
    struct job *taken = NULL, **end = &taken;

    for (struct job **link = &s->jobs; *link;) {
        struct job *job = *link;
        if (job->state != state) {
            link = &job->next;
            continue;
        }
        *link = job->next;
        if (s->jobs_end == &job->next)
            s->jobs_end = link;
        job->next = NULL;
        *end = job;
        end = &job->next;
    }
    return taken;
}

static void finish_all(struct job *jobs, enum answer_status status, const char *segment)
{
    while (jobs) {
        struct job *next = jobs->next;
        finish(jobs, status, segment);
        jobs = next;
    }
}

static void write_done(struct server *s, struct job *done)
{
    char name[CACHE_NAME_LEN];
    struct error err;

    for (struct job *job = done; job; job = job->next)
        cache_append(s->cache, &job->unit, &job->result);
    int failed = cache_flush(s->cache, name, &err);
    if (failed)
        fprintf(stderr, "xlated: %s\n", err.text);
    finish_all(done, failed ? ANSWER_FAILED : ANSWER_TRANSLATED, failed ? NULL : name);
    s->last_flush = now_ms();
    s->flushes++;
}

static uint64_t pause_ms(const struct server *s)
{
    uint64_t pause = PAUSE_MS + (uint64_t)s->flushes * PAUSE_PER_SEGMENT_MS;

    return pause < PAUSE_MAX_MS ? pause : PAUSE_MAX_MS;
}

/* Milliseconds until finished units are to be written; -1: there are none. Lock held. */
static int flush_due(const struct server *s)
{
    bool done = false, urgent = false, working = false;

    for (const struct job *job = s->jobs; job; job = job->next) {
        done |= job->state == JOB_DONE;
        urgent |= job->state == JOB_DONE && job->urgent;
        working |= job->state < JOB_DONE;
    }
    if (!done)
        return -1;
    uint64_t due = s->last_flush + pause_ms(s), now = now_ms();
    if (urgent || (!working && s->flushes < FEW_SEGMENTS) || now >= due)
        return 0;
    return (int)(due - now);
}

static int handle_results(struct server *s)
{
    struct job *done = NULL;

    pthread_mutex_lock(&s->lock);
    struct job *refused = take_jobs(s, JOB_REFUSED);
    int due = flush_due(s);
    if (due == 0) {
        done = take_jobs(s, JOB_DONE);
        due = -1;
    }
    pthread_mutex_unlock(&s->lock);
    for (const struct job *job = refused; job; job = job->next)
        fprintf(stderr, "xlated: unit at %#llx: %s\n", (unsigned long long)job->unit.entry, job->error.text);
    finish_all(refused, ANSWER_REFUSED, NULL);
    if (done)
        write_done(s, done);
    return due;
}

/* --- the loop ------------------------------------------------------------------------------------------------------------------ */

static void handle_events(struct server *s, const struct pollfd *fds)
{
    uint64_t count;

    if (fds[1].revents && read(s->done_fd, &count, sizeof count) < 0 && errno != EAGAIN)
        perror("xlated: eventfd");
    for (size_t i = s->connection_count; i-- > 0;)
        if (fds[2 + i].revents && !take_packet(s, s->connections[i]))
            hang_up(s, i);
    if (fds[0].revents)
        accept_connection(s);
}

static bool still_ours(const struct listener *l)
{
    struct stat st;

    return lstat(l->path, &st) == 0 && st.st_dev == l->device && st.st_ino == l->inode;
}

static bool idle_too_long(struct server *s, unsigned seconds)
{
    if (s->connection_count || s->jobs)
        s->last_busy = now_ms();
    else
        s->flushes = 0;
    return now_ms() - s->last_busy > seconds * 1000ull || (!s->connection_count && !still_ours(s->listener));
}

/* A thread inside LLVM cannot be stopped, a process can: runners start another, and leave a unit alone that two died of. */
static void check_time(struct server *s, unsigned limit_ms)
{
    pthread_mutex_lock(&s->lock);
    for (const struct job *job = s->jobs; limit_ms && job; job = job->next) {
        if (job->state != JOB_RUNNING || clock_ms(job->clock) - job->begun_ms <= limit_ms)
            continue;
        fprintf(stderr, "xlated: unit at %#llx: not translated within %g seconds\n", (unsigned long long)job->unit.entry, limit_ms / 1e3);
        _exit(1);
    }
    pthread_mutex_unlock(&s->lock);
}

static void loop(struct server *s, const struct serve_options *options, volatile sig_atomic_t *stop)
{
    static struct pollfd fds[2 + CONNECTIONS_MAX];

    s->last_busy = now_ms();
    while (!*stop && !idle_too_long(s, options->idle_seconds)) {
        int due = handle_results(s);
        fds[0] = (struct pollfd){ .fd = s->listener->fd, .events = POLLIN };
        fds[1] = (struct pollfd){ .fd = s->done_fd, .events = POLLIN };
        for (size_t i = 0; i < s->connection_count; i++)
            fds[2 + i] = (struct pollfd){ .fd = s->connections[i]->fd, .events = POLLIN };
        if (poll(fds, 2 + s->connection_count, due >= 0 && due < 1000 ? due : 1000) > 0)
            handle_events(s, fds);
        cache_tend(s->cache);
        check_time(s, options->unit_ms);
    }
    if (!s->connection_count)
        cache_clean(s->cache);
}

int serve_listen(struct listener *l, const char *path, struct error *err)
{
    struct sockaddr_un address;
    struct stat st = { .st_ino = 0 };

    if (protocol_address(&address, path, NULL, err))
        return -1;
    l->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (l->fd < 0)
        return error_set(err, errno, "socket: %s", strerror(errno));
    strcpy(l->path, address.sun_path);
    unlink(path);
    /* Guest processes of a partition run under many users. They cannot do harm: what they ask for is found by its own bytes only. */
    mode_t old = umask(geteuid() == 0 ? 0111 : 0177);
    int failed = bind(l->fd, (const struct sockaddr *)&address, sizeof address) || listen(l->fd, 64) || lstat(path, &st);
    umask(old);
    l->device = st.st_dev;
    l->inode = st.st_ino;
    if (failed) {
        error_set(err, errno, "%s: %s", path, strerror(errno));
        close(l->fd);
        return -1;
    }
    return 0;
}

void serve_unlisten(struct listener *l)
{
    if (still_ours(l))
        unlink(l->path);
    close(l->fd);
}

int serve(const struct listener *l, struct cache *cache, const struct serve_options *options, volatile sig_atomic_t *stop,
          struct error *err)
{
    static struct server server = { .lock = PTHREAD_MUTEX_INITIALIZER, .queued = PTHREAD_COND_INITIALIZER };

    server.listener = l;
    server.cache = cache;
    server.jobs_end = &server.jobs;
    server.done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (server.done_fd < 0)
        return error_set(err, errno, "eventfd: %s", strerror(errno));
    if (sandbox_files(cache_directory(cache), l->path, err) || start_workers(&server, options->threads, err) || sandbox_calls(err))
        return -1;
    loop(&server, options, stop);
    return 0;
}
