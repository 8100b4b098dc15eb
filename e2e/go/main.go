// An auditor that shares nothing with Silian: what it knows of logs and notes is golang.org/x/mod.
//
//	auditor log <url of a log> <its vkey> <state file> <vkey of a witness>…
//	auditor witness <url of a witness> <its vkey> <file of the logs it watches> <state file>
//	auditor remembers <url of a witness> <its vkey> <state file>
//
// It prints what did not hold, a line each, and how many probes there were; it ends with 1 where any failed.
package main

import (
	"fmt"
	"os"
)

var probes, failures int

// expect counts a probe and tells of one that failed.
func expect(holds bool, what string, values ...any) {
	probes++
	if !holds {
		failures++
		fmt.Printf("FAILED: "+what+"\n", values...)
	}
}

// must ends the program where going on makes no sense.
func must[T any](value T, err error) T {
	if err != nil {
		fmt.Printf("FAILED: %v\n", err)
		os.Exit(1)
	}
	return value
}

func main() {
	args := os.Args[1:]
	switch {
	case len(args) >= 4 && args[0] == "log":
		auditLog(args[1], args[2], args[3], args[4:])
	case len(args) == 5 && args[0] == "witness":
		probeWitness(args[1], args[2], args[3], args[4])
	case len(args) == 4 && args[0] == "remembers":
		probeMemory(args[1], args[2], args[3])
	default:
		fmt.Println("usage: auditor log|witness|remembers …")
		os.Exit(2)
	}
	fmt.Printf("%d probes, %d failed\n", probes, failures)
	if failures > 0 {
		os.Exit(1)
	}
}
