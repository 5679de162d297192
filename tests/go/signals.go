// Signals through os/signal, sent to itself.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	c := make(chan os.Signal, 10)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGWINCH)
	self := os.Getpid()
	for _, s := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGWINCH} {
		syscall.Kill(self, s)
		select {
		case got := <-c:
			fmt.Println(got == s)
		case <-time.After(10 * time.Second):
			fmt.Println("signal lost")
		}
	}
	signal.Ignore(syscall.SIGUSR1)
	syscall.Kill(self, syscall.SIGUSR1)
	signal.Reset(syscall.SIGWINCH)
	syscall.Kill(self, syscall.SIGWINCH)

	// A busy loop without calls must still let the timer and the signal through.
	done := make(chan int)
	go func() {
		x := 1
		for i := 0; i < 200000000; i++ {
			x = x*1664525 + 1013904223
			if i%1000 == 999 {
				select {
				case <-done:
					done <- x
					return
				default:
				}
			}
		}
		<-done
		done <- x
	}()
	time.AfterFunc(20*time.Millisecond, func() { syscall.Kill(self, syscall.SIGUSR2) })
	got := <-c
	done <- 1
	<-done
	fmt.Println(got == syscall.SIGUSR2)
	signal.Stop(c)
	signal.Reset()
	syscall.Kill(self, syscall.SIGHUP)
	time.Sleep(5 * time.Second)
	fmt.Println("not reached")
}
