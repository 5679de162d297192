// Goroutines, channels, mutexes and garbage collection under load; the output does not depend on scheduling.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

type node struct {
	left, right *node
	value       int
}

func tree(depth int) *node {
	if depth == 0 {
		return &node{value: 1}
	}
	return &node{tree(depth - 1), tree(depth - 1), depth}
}

func (n *node) sum() int {
	if n == nil {
		return 0
	}
	return n.value + n.left.sum() + n.right.sum()
}

func pipeline(stages, items int) int {
	first := make(chan int)
	in := first
	for s := 0; s < stages; s++ {
		out := make(chan int, s%3)
		go func(in <-chan int, out chan<- int) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	go func() {
		for i := 0; i < items; i++ {
			first <- i
		}
		close(first)
	}()
	total := 0
	for v := range in {
		total += v
	}
	return total
}

func main() {
	runtime.GOMAXPROCS(4)
	var wg sync.WaitGroup
	var total int64
	for i := 0; i < 40; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := 0; j < 6; j++ {
				atomic.AddInt64(&total, int64(tree(10).sum()))
			}
		}()
	}
	wg.Wait()
	fmt.Println("trees", total)
	fmt.Println("pipeline", pipeline(50, 400))

	var mu sync.Mutex
	counts := map[int]int{}
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for j := 0; j < 200; j++ {
				mu.Lock()
				counts[(i*j)%17]++
				mu.Unlock()
			}
		}(i)
	}
	wg.Wait()
	fmt.Println("counts", counts)

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	runtime.GC()
	runtime.ReadMemStats(&after)
	fmt.Println("collected", after.NumGC > before.NumGC)
}
