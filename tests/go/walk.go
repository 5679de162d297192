// Walk a tree of files and print the sha256 of each regular file, in order.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

func main() {
	files, bytes := 0, int64(0)
	err := filepath.WalkDir(os.Args[1], func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			return nil
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		h := sha256.New()
		n, err := io.Copy(h, f)
		if err != nil {
			return err
		}
		st, err := os.Stat(path)
		if err != nil {
			return err
		}
		if st.Size() != n {
			return fmt.Errorf("%s: size %d, read %d", path, st.Size(), n)
		}
		files++
		bytes += n
		rel, _ := filepath.Rel(os.Args[1], path)
		fmt.Printf("%x %v %d %s\n", h.Sum(nil), st.Mode(), n, rel)
		return nil
	})
	fmt.Println(files, bytes, err)
}
