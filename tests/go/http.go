// An HTTP server and its client on loopback.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println("listen:", err)
		os.Exit(1)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Method", r.Method)
		fmt.Fprintf(w, "%s %s", r.URL.RawQuery, strings.ToUpper(string(body)))
	})
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < 1000; i++ {
			fmt.Fprintf(w, "%0100d\n", i)
		}
	})
	go http.Serve(l, mux)
	base := "http://" + l.Addr().String()

	var mu sync.Mutex
	var lines []string
	var wg sync.WaitGroup
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			resp, err := http.Post(fmt.Sprintf("%s/echo?n=%d", base, i), "text/plain", strings.NewReader(fmt.Sprint("body ", i)))
			if err != nil {
				fmt.Println(err)
				return
			}
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			mu.Lock()
			lines = append(lines, fmt.Sprintln(resp.StatusCode, resp.Header.Get("X-Method"), string(body), err))
			mu.Unlock()
		}(i)
	}
	wg.Wait()
	sort.Strings(lines)
	fmt.Print(strings.Join(lines, ""))
	resp, err := http.Get(base + "/big")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	n, err := io.Copy(io.Discard, resp.Body)
	fmt.Println("big", n, err)
	resp, err = http.Get(base + "/none")
	fmt.Println(resp.StatusCode, err)
}
