// os/exec of another AIX program: this one, in several roles, through pipes, environment, directory and exit status.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func child(args []string) {
	switch args[0] {
	case "echo":
		fmt.Println(strings.Join(args[1:], "|"), os.Getenv("VAR"))
	case "cat":
		n, _ := io.Copy(os.Stdout, os.Stdin)
		fmt.Fprintln(os.Stderr, "copied", n)
	case "pwd":
		d, err := os.Getwd()
		fmt.Println(d, err)
	case "exit":
		os.Exit(7)
	}
}

func main() {
	if len(os.Args) > 1 {
		child(os.Args[1:])
		return
	}
	self, err := filepath.Abs(os.Args[0])
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(self, "echo", "a b", "", "c")
	cmd.Env = append(os.Environ(), "VAR=value")
	out, err := cmd.CombinedOutput()
	fmt.Printf("%q %v\n", out, err)

	cmd = exec.Command(self, "cat")
	var stdout, stderr bytes.Buffer
	cmd.Stdin = strings.NewReader(strings.Repeat("0123456789abcdef", 20000))
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	fmt.Println(stdout.Len(), strings.TrimSpace(stderr.String()), err)

	cmd = exec.Command(self, "pwd")
	cmd.Dir = "/"
	out, err = cmd.Output()
	fmt.Printf("%q %v\n", out, err)

	err = exec.Command(self, "exit").Run()
	var ee *exec.ExitError
	fmt.Println(errors.As(err, &ee), ee.ExitCode(), err)

	err = exec.Command("/nonexistent/program").Run()
	fmt.Println(err)

	cmd = exec.Command(self, "cat")
	in, _ := cmd.StdinPipe()
	rd, _ := cmd.StdoutPipe()
	cmd.Start()
	lines := bufio.NewScanner(rd)
	for i := 0; i < 3; i++ {
		fmt.Fprintln(in, "line", i)
		lines.Scan()
		fmt.Println("got", lines.Text())
	}
	in.Close()
	fmt.Println(cmd.Wait())

	cmd = exec.Command(self, "cat")
	in, _ = cmd.StdinPipe()
	cmd.Start()
	cmd.Process.Kill()
	fmt.Println(cmd.Wait())
	in.Close()
}
