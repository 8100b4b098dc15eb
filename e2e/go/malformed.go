package main

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// malformed are bodies that are nearly right, by what is wrong with them. The witness has seen 200 entries.
func malformed(l *ownLog) map[string]string {
	const old, n = 200, 210
	proof := l.made.proof(old, n)
	good := body(old, proof, l.head(n))
	first := proof[0].String()
	bodies := map[string]string{
		"nothing":                        "",
		"an empty line":                  "\n",
		"old alone":                      "old 200",
		"no checkpoint":                  body(old, proof, ""),
		"no empty line":                  strings.Replace(good, "\n\n", "\n", 1),
		"no old size":                    strings.TrimPrefix(good, "old 200\n"),
		"two empty lines":                strings.Replace(good, "\n\n", "\n\n\n", 1),
		"lines of Windows":               strings.ReplaceAll(good, "\n", "\r\n"),
		"64 hashes":                      body(old, make([]tlog.Hash, 64), l.head(n)),
		"a checkpoint without a name":    body(old, proof, l.signed(textOf(l.made.tree(n), ""))),
		"a checkpoint without its end":   strings.TrimSuffix(good, "\n"),
		"a checkpoint without signature": body(old, proof, textOf(l.made.tree(n), l.Origin)),
		"an empty signature block":       body(old, proof, textOf(l.made.tree(n), l.Origin)+"\n"),
		"a hyphen for a dash":            strings.ReplaceAll(good, "\u2014 ", "- "),
		"bytes that are no text":         strings.Replace(good, l.Origin, l.Origin+"\xff", 1),
		"a control character":            strings.Replace(good, l.Origin+"\n", l.Origin+"\x01\n", 1),
		"a signature that is no base64":  strings.TrimSuffix(good, "\n") + "!\n",
	}
	for _, size := range []string{
		"", " ", "-1", "+200", "0200", "00", "200 ", " 200", "200.0", "2e2", "0xc8", "x", "200 1", "200\t",
		"18446744073709551816", "9223372036854775808", "\u0662\u0660\u0660",
	} {
		bodies[fmt.Sprintf("old size %q", size)] = body(size, proof, l.head(n))
	}
	for what, line := range map[string]string{
		"short":                base64.StdEncoding.EncodeToString(proof[0][:31]),
		"long":                 base64.StdEncoding.EncodeToString(append(proof[0][:], 0)),
		"without padding":      strings.TrimRight(first, "="),
		"with a blank":         first + " ",
		"of other letters":     strings.Repeat("-", 43) + "=",
		"with bits to spare":   strings.Repeat("A", 42) + "B=",
		"in hexadecimal":       fmt.Sprintf("%x", proof[0][:]),
		"that is no base64":    strings.Repeat("!", 44),
		"with a carriage feed": first + "\r",
	} {
		bodies["a hash "+what] = strings.Replace(good, "\n"+first+"\n", "\n"+line+"\n", 1)
	}
	root := l.made.tree(n).Hash.String()
	for what, text := range map[string]string{
		"size 0210":        l.Origin + "\n0210\n" + root + "\n",
		"size -210":        l.Origin + "\n-210\n" + root + "\n",
		"size 210 blank":   l.Origin + "\n210 \n" + root + "\n",
		"size of letters":  l.Origin + "\nmany\n" + root + "\n",
		"an empty size":    l.Origin + "\n\n" + root + "\n",
		"no root":          l.Origin + "\n210\n",
		"an empty root":    l.Origin + "\n210\n\n",
		"a short root":     l.Origin + "\n210\nAAAA\n",
		"a root unpadded":  l.Origin + "\n210\n" + strings.TrimRight(root, "=") + "\n",
		"a root of blanks": l.Origin + "\n210\n" + strings.Repeat(" ", 44) + "\n",
		"the name alone":   l.Origin + "\n",
	} {
		bodies["a checkpoint with "+what] = body(old, proof, l.signed(text))
	}
	return bodies
}
