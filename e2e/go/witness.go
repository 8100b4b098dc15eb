package main

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const textPlain = "text/plain; charset=utf-8"

// A log of our own, which the witness is told to watch.
type ownLog struct {
	Origin, Secret, Vkey string
	// Seen is the size that the witness cosigned last.
	Seen   int64
	made   *stored
	signer note.Signer
}

func newLog(origin string) *ownLog {
	secret, vkey, err := note.GenerateKey(rand.Reader, origin)
	must(0, err)
	return (&ownLog{Origin: origin, Secret: secret, Vkey: vkey}).opened()
}

func (l *ownLog) opened() *ownLog {
	l.signer = must(note.NewSigner(l.Secret))
	l.made = &stored{}
	for l.made.n < 300 {
		l.made.add([]byte(fmt.Sprintf("%s %d", l.Origin, l.made.n)))
	}
	return l
}

func (l *ownLog) signed(text string) string {
	return string(must(note.Sign(&note.Note{Text: text}, l.signer)))
}

func (l *ownLog) head(n int64) string { return l.signed(textOf(l.made.tree(n), l.Origin)) }

func body(old any, proof []tlog.Hash, head string) string {
	var text strings.Builder
	fmt.Fprintf(&text, "old %v\n", old)
	for _, hash := range proof {
		text.WriteString(hash.String() + "\n")
	}
	return text.String() + "\n" + head
}

func (l *ownLog) from(old, n int64) string { return body(old, l.made.proof(old, n), l.head(n)) }

// A witness that is asked.
type probed struct {
	url string
	by  *cosigner
}

func (w probed) add(text string) answer {
	return must(ask(http.MethodPost, w.url+"/add-checkpoint", []byte(text)))
}

// refuses wants a status, and that nothing was remembered of it.
func (w probed) refuses(l *ownLog, status int, what, text string) {
	got := w.add(text)
	expect(got.status == status, "%s: answered %d, not %d", what, got.status, status)
	if got.status == http.StatusConflict {
		w.isConflict(l, got, what)
	}
	again := w.add(body(l.made.n+1, nil, l.head(l.made.n)))
	expect(again.status == http.StatusBadRequest, "%s: afterwards old beyond the size answered %d", what, again.status)
}

func (w probed) isConflict(l *ownLog, got answer, what string) {
	expect(string(got.body) == fmt.Sprintf("%d\n", l.Seen), "%s: says %q, not %d", what, got.body, l.Seen)
	expect(got.header.Get("Content-Type") == "text/x.tlog.size", "%s: %q", what, got.header.Get("Content-Type"))
}

// cosigns wants a cosignature that opens beside the log's own signature.
func (w probed) cosigns(l *ownLog, n int64, what, text string) {
	got := w.add(text)
	if got.status != http.StatusOK {
		expect(false, "%s: answered %d %q", what, got.status, got.body)
		return
	}
	expect(got.header.Get("Content-Type") == textPlain, "%s: %q", what, got.header.Get("Content-Type"))
	expect(strings.HasSuffix(string(got.body), "\n"), "%s: a line without its end", what)
	head := text[strings.Index(text, "\n\n")+2:]
	opened, err := note.Open(append([]byte(head), got.body...), note.VerifierList(must(note.NewVerifier(l.Vkey)), w.by))
	expect(err == nil && len(opened.Sigs) == 2, "%s: the cosignature does not open: %v", what, err)
	l.Seen = n
}

// shows wants the last checkpoint to be given to monitors, with the two signatures that count.
func (w probed) shows(l *ownLog) {
	got := get(fmt.Sprintf("%s/%x/checkpoint", w.url, sha256.Sum256([]byte(l.Origin))))
	expect(got.status == http.StatusOK && got.header.Get("Content-Type") == textPlain, "monitors are answered %d", got.status)
	opened, err := note.Open(got.body, note.VerifierList(must(note.NewVerifier(l.Vkey)), w.by))
	if err != nil {
		expect(false, "what monitors are given does not open: %v", err)
		return
	}
	expect(must(readTree(opened.Text, l.Origin)).N == l.Seen, "monitors are given another size than %d", l.Seen)
	lines := bytes.Count(got.body, []byte("\n\u2014 "))
	expect(len(opened.Sigs) == 2 && lines == 2, "monitors are given %d signature lines", lines)
}

func probeWitness(url, vkey, logs, state string) {
	w := probed{url, must(newCosigner(vkey))}
	l, empty, stranger := newLog("go.example/log"), newLog("go.example/empty"), newLog("go.example/stranger")
	file := must(os.OpenFile(logs, os.O_APPEND|os.O_WRONLY, 0o600))
	must(file.WriteString(l.Vkey + "\n" + empty.Vkey + "\n"))
	must(0, file.Close())

	probeGrowth(w, l)
	probeRefusals(w, l, stranger)
	for what, text := range malformed(l) {
		w.refuses(l, http.StatusBadRequest, what, text)
	}
	probeEmpty(w, empty)
	probeRace(w, l)
	w.shows(l)
	probeHTTP(w)
	must(0, os.WriteFile(state, must(json.Marshal(l)), 0o600))
}

func probeGrowth(w probed, l *ownLog) {
	for _, step := range [][2]int64{{0, 1}, {1, 1}, {1, 2}, {2, 7}, {7, 8}, {8, 8}, {8, 130}, {130, 130}} {
		w.cosigns(l, step[1], fmt.Sprintf("from %d to %d", step[0], step[1]), l.from(step[0], step[1]))
	}
	w.shows(l)
	extended := l.signed(textOf(l.made.tree(131), l.Origin, "an extension"))
	w.cosigns(l, 131, "an extension line", body(130, l.made.proof(130, 131), extended))
	// lines of unknown keys are ignored, whatever they hold
	unknown := newLog(l.Origin).head(131)
	line := unknown[strings.Index(unknown, "\n\n")+2:]
	w.cosigns(l, 131, "an unknown signature beside", body(131, nil, l.head(131)+line))
	own := w.add(body(131, nil, l.head(131)))
	w.cosigns(l, 131, "its own cosignature beside", body(131, nil, l.head(131)+string(own.body)))
	w.shows(l)
}

func probeRefusals(w probed, l, stranger *ownLog) {
	impostor := newLog(l.Origin)
	proof := l.made.proof(131, 200)
	head := l.head(200)
	damaged := func(text string) string {
		at := strings.LastIndex(text, " ") + 30
		other := "A"
		if text[at] == 'A' {
			other = "B"
		}
		return text[:at] + other + text[at+1:]
	}
	badLine := damaged(head)[strings.Index(head, "\n\n")+2:]
	fork := tlog.Tree{N: 200, Hash: tlog.RecordHash([]byte("fork"))}
	forked := l.signed(textOf(fork, l.Origin))
	same := l.signed(textOf(tlog.Tree{N: 131, Hash: fork.Hash}, l.Origin))
	swapped := append(tlog.TreeProof{proof[1], proof[0]}, proof[2:]...)
	more := append(append(tlog.TreeProof{}, proof...), fork.Hash)
	for _, probe := range []struct {
		status int
		what   string
		text   string
	}{
		{404, "an unknown log", stranger.from(0, 5)},
		{404, "an unknown log with a wrong old size", body(3, nil, stranger.head(5))},
		{403, "a key that is not the log's", body(131, proof, impostor.head(200))},
		{403, "a key that is not the log's, with a wrong old size", body(5, proof, impostor.head(200))},
		{403, "a bad signature of the log", body(131, proof, damaged(head))},
		{403, "a bad signature of the log beside its good one", body(131, proof, head+badLine)},
		{403, "the signature of another text", body(131, proof, strings.Replace(head, "\n200\n", "\n201\n", 1))},
		{400, "an old size beyond the checkpoint's", body(201, nil, head)},
		{409, "an old size of nought", body(0, nil, head)},
		{409, "an old size too small", l.from(130, 200)},
		{409, "an old size too large", l.from(150, 200)},
		{409, "a smaller tree", l.from(8, 130)},
		{409, "the same smaller tree", l.from(8, 8)},
		{409, "another tree from a wrong old size", body(130, nil, forked)},
		{422, "no proof", body(131, nil, head)},
		{422, "a proof from another size", body(131, l.made.proof(130, 200), head)},
		{422, "a proof to another size", body(131, l.made.proof(131, 201), head)},
		{422, "a proof cut short", body(131, proof[:len(proof)-1], head)},
		{422, "a proof too long", body(131, more, head)},
		{422, "a proof in another order", body(131, swapped, head)},
		{422, "63 hashes", body(131, make([]tlog.Hash, 63), head)},
		{422, "another tree", body(131, proof, forked)},
		{422, "another tree of the same size", body(131, nil, same)},
		{422, "a proof to the same tree", body(131, []tlog.Hash{fork.Hash}, l.head(131))},
	} {
		w.refuses(l, probe.status, probe.what, probe.text)
	}
	w.cosigns(l, 200, "after all refusals", l.from(131, 200))
}

// probeEmpty: everything extends the empty tree, and there is only one.
func probeEmpty(w probed, l *ownLog) {
	nothing := tlog.Tree{Hash: sha256.Sum256(nil)}
	w.refuses(l, 422, "a root that the empty tree cannot have", body(0, nil, l.signed(textOf(tlog.Tree{}, l.Origin))))
	w.refuses(l, 422, "a proof from nothing", body(0, []tlog.Hash{{}}, l.head(3)))
	w.refuses(l, 409, "an old size of a log that was never seen", l.from(2, 3))
	w.cosigns(l, 0, "the empty tree", body(0, nil, l.signed(textOf(nothing, l.Origin))))
	w.refuses(l, 422, "a proof from the empty tree", body(0, []tlog.Hash{nothing.Hash}, l.head(3)))
	w.cosigns(l, 3, "from the empty tree", l.from(0, 3))
}

// probeRace: of several that go on from one tree one is cosigned.
func probeRace(w probed, l *ownLog) {
	var group sync.WaitGroup
	var mutex sync.Mutex
	good, seen := 0, l.Seen
	for n := seen + 1; n <= seen+12; n++ {
		group.Add(1)
		go func(n int64, text string) {
			defer group.Done()
			got, err := ask(http.MethodPost, w.url+"/add-checkpoint", []byte(text))
			mutex.Lock()
			defer mutex.Unlock()
			expect(err == nil && (got.status == 200 || got.status == 409), "at once: answered %d", got.status)
			if got.status == 200 {
				good, l.Seen = good+1, n
			}
		}(n, l.from(seen, n))
	}
	group.Wait()
	expect(good == 1, "%d trees were cosigned at once", good)
}

func probeHTTP(w probed) {
	expect(get(w.url+"/add-checkpoint").status == http.StatusMethodNotAllowed, "GET add-checkpoint")
	for _, path := range []string{"/", "/checkpoint", fmt.Sprintf("/%x/checkpoint", sha256.Sum256(nil)), "/x/checkpoint"} {
		expect(get(w.url+path).status == http.StatusNotFound, "%s is there", path)
	}
	large := w.add("old 0\n\n" + strings.Repeat("x", 1<<20))
	expect(large.status == 413 || large.status == 400, "a megabyte was answered %d", large.status)
}

// probeMemory: a witness that was killed knows what it cosigned.
func probeMemory(url, vkey, state string) {
	w := probed{url, must(newCosigner(vkey))}
	l := &ownLog{}
	must(0, json.Unmarshal(must(os.ReadFile(state)), l))
	l.opened()
	w.shows(l)
	w.refuses(l, 409, "after a restart, from nothing", l.from(0, 250))
	w.refuses(l, 409, "after a restart, from before", l.from(131, 250))
	w.cosigns(l, 250, "after a restart", l.from(l.Seen, 250))
	w.shows(l)
}
