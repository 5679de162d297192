// Panics recovered from nil dereference, division by zero, bounds and a nil map; nested defers; a deep stack.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type thing struct {
	pad   [64]int
	value int
	next  *thing
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, runtimeError := r.(runtime.Error)
		fmt.Println(name, "->", r, runtimeError)
	}()
	f()
	fmt.Println(name, "returned")
}

//go:noinline
func load(t *thing) int { return t.value }

//go:noinline
func store(t *thing) { t.next = nil }

//go:noinline
func div(a, b int) int { return a / b }

//go:noinline
func deep(n int, t *thing) int {
	if n == 0 {
		return load(t)
	}
	defer func() {
		if n%1000 == 0 {
			if r := recover(); r != nil {
				panic(fmt.Sprint(n, ": ", r))
			}
		}
	}()
	return deep(n-1, t) + 1
}

func main() {
	var nilThing *thing
	var nilMap map[string]int
	var nilFunc func()
	var s []int
	try("load", func() { load(nilThing) })
	try("store", func() { store(nilThing) })
	try("divide", func() { div(1, 0) })
	try("bounds", func() { _ = s[len(nilMap)+3] })
	try("map", func() { nilMap["x"] = 1 })
	try("func", func() { nilFunc() })
	try("fine", func() { load(&thing{value: 1}) })
	try("again", func() {
		defer func() { panic(fmt.Sprint("second: ", recover())) }()
		load(nilThing)
	})
	try("deep", func() { deep(3000, nilThing) })
	for i := 0; i < 1000; i++ {
		func() {
			defer func() { recover() }()
			load(nilThing)
		}()
	}
	buf := make([]byte, 4096)
	n := runtime.Stack(buf, false)
	fmt.Println(strings.Contains(string(buf[:n]), "main.main"))
}
