// A gzip round trip of 64 MiB (or of argv[1] MiB): compress, decompress, compare.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strconv"
)

func main() {
	mib := 64
	if len(os.Args) > 1 {
		mib, _ = strconv.Atoi(os.Args[1])
	}
	data := make([]byte, mib<<20)
	x := uint64(88172645463325252)
	for i := range data {
		if i%7 == 0 {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
		}
		data[i] = "the quick brown fox\n"[(x+uint64(i))%20]
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if _, err := w.Write(data); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	w.Close()
	fmt.Printf("packed %d crc %08x\n", packed.Len(), crc32.ChecksumIEEE(packed.Bytes()))
	r, err := gzip.NewReader(&packed)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	back, err := io.ReadAll(r)
	fmt.Printf("back %d %v same %v\n%x\n", len(back), err, bytes.Equal(back, data), sha256.Sum256(back))
}
