/* forking.c -- fork in a program with threads: handlers in order, only the caller lives on, threads work again in the
 * child. Expected output: the same source built for the host. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int stop, ran;
static char trail[64];
static int steps;

static void note(char c) { trail[steps++] = c; }
static void prepare1(void) { note('1'); }
static void prepare2(void) { note('2'); }
static void parent1(void) { note('p'); }
static void parent2(void) { note('q'); }
static void child1(void) { note('c'); }
static void child2(void) { note('d'); }

static void *idle(void *arg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_SEQ_CST))
        usleep(500);
    return NULL;
}

static void *once(void *arg)
{
    ran = 1;
    return arg;
}

static int in_child(void)
{
    pthread_t t;
    void *result;
    if (pthread_create(&t, NULL, once, trail) || pthread_join(t, &result))
        return 1;
    return ran && result == trail && trail[steps - 2] == 'c' && trail[steps - 1] == 'd' ? 33 : 2;
}

int main(void)
{
    pthread_t t[3];
    int status = 0;
    pthread_atfork(prepare1, parent1, child1);
    pthread_atfork(prepare2, parent2, child2);
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, idle, NULL);
    for (int i = 0; i < 3; i++) {
        pid_t pid = fork();
        if (pid == 0)
            _exit(in_child());
        if (waitpid(pid, &status, 0) != pid)
            perror("waitpid");
        printf("child %d %d\n", WIFEXITED(status) != 0, WEXITSTATUS(status));
    }
    __atomic_store_n(&stop, 1, __ATOMIC_SEQ_CST);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("%s\n", trail);
    return 0;
}
