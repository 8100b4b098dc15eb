package main

import (
	"bytes"
	"math/rand"
	"net/http"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// auditLog reads a served log. What the state file holds is a checkpoint of an earlier run, which the log must extend.
func auditLog(url, vkey, state string, witnesses []string) {
	log := must(note.NewVerifier(vkey))
	known := []note.Verifier{log}
	wanted := []string{log.Name()}
	for _, key := range witnesses {
		by := must(newCosigner(key))
		known, wanted = append(known, by), append(wanted, by.Name())
	}
	got := get(url + "/checkpoint")
	opened := must(note.Open(got.body, note.VerifierList(known...)))
	expect(signers(opened) == strings.Join(wanted, " "), "signed by %s, not by %s", signers(opened), strings.Join(wanted, " "))
	expect(len(opened.UnverifiedSigs) == 0, "%d more signatures", len(opened.UnverifiedSigs))
	tree := must(readTree(opened.Text, log.Name()))
	checkHeaders(got, "text/plain; charset=utf-8", "public, max-age=1")
	expect(strings.TrimSpace(string(get(url+"/vkey").body)) == vkey, "another vkey is served")

	made := rebuild(url, tree)
	checkTiles(url, made, tree)
	checkRecords(url, made, tree)
	if before, err := os.ReadFile(state); err == nil {
		older := must(readTree(must(note.Open(before, note.VerifierList(known...))).Text, log.Name()))
		checkOlder(url, made, older, tree)
	}
	checkPaths(url, tree)
	if err := os.WriteFile(state, got.body, 0o600); err != nil {
		must(0, err)
	}
}

func checkHeaders(got answer, kind, caching string) {
	expect(got.status == http.StatusOK, "%s answered %d", got.url, got.status)
	expect(got.header.Get("Content-Type") == kind, "%s is %q", got.url, got.header.Get("Content-Type"))
	expect(got.header.Get("Cache-Control") == caching, "%s: caching %q", got.url, got.header.Get("Cache-Control"))
}

const (
	octets  = "application/octet-stream"
	forEver = "public, max-age=31536000, immutable"
)

// rebuild makes the tree from the entry bundles alone.
func rebuild(url string, tree tlog.Tree) *stored {
	made := &stored{}
	for _, tile := range tilesOf(tree.N) {
		if tile.L != 0 {
			continue
		}
		tile.L = -1
		got := get(url + "/" + pathOf(tile, "entries"))
		checkHeaders(got, octets, forEver)
		all := must(entries(got.body))
		expect(len(all) == tile.W, "%s holds %d entries", pathOf(tile, "entries"), len(all))
		for _, entry := range all {
			made.add(entry)
		}
	}
	expect(made.n == tree.N, "%d entries in bundles of a tree of %d", made.n, tree.N)
	expect(made.tree(tree.N).Hash == tree.Hash, "the entries have another root than was signed")
	return made
}

func checkTiles(url string, made *stored, tree tlog.Tree) {
	for _, tile := range tilesOf(tree.N) {
		got := get(url + "/" + pathOf(tile, "entries"))
		checkHeaders(got, octets, forEver)
		want := must(tlog.ReadTileData(tile, made))
		expect(bytes.Equal(got.body, want), "%s is not what the entries make it", pathOf(tile, "entries"))
	}
}

// checkRecords proves entries by the served tiles alone.
func checkRecords(url string, made *stored, tree tlog.Tree) {
	reader := tlog.TileHashReader(tree, served{url})
	for i := 0; i < 40; i++ {
		index := rand.Int63n(tree.N)
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		expect(err == nil, "no proof of record %d: %v", index, err)
		leaf := made.hashes[tlog.StoredHashIndex(0, index)]
		err = tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf)
		expect(err == nil, "record %d: %v", index, err)
	}
}

// checkOlder wants the older tree to begin this one, and its partial tiles to be served still.
func checkOlder(url string, made *stored, older, tree tlog.Tree) {
	expect(older.N < tree.N, "the log did not grow")
	proof := must(tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, served{url})))
	err := tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
	expect(err == nil, "the tree of %d does not begin that of %d: %v", older.N, tree.N, err)
	for _, tile := range tilesOf(older.N) {
		got := get(url + "/" + pathOf(tile, "entries"))
		checkHeaders(got, octets, forEver)
		expect(bytes.Equal(got.body, must(tlog.ReadTileData(tile, made))), "%s of an older tree differs", tile.Path())
		if tile.L != 0 {
			continue
		}
		tile.L = -1
		bundle := get(url + "/" + pathOf(tile, "entries"))
		expect(bundle.status == 200 && len(must(entries(bundle.body))) == tile.W, "%s of an older tree", tile.Path())
	}
}

// checkPaths asks for what must not be there.
func checkPaths(url string, tree tlog.Tree) {
	beyond := tlog.Tile{H: 8, L: 0, N: tree.N / 256, W: int(tree.N%256) + 1}
	full := tlog.Tile{H: 8, L: 0, N: tree.N / 256, W: 256}
	for _, path := range []string{
		pathOf(beyond, "entries"), pathOf(full, "entries"),
		"tile/entries/000.p/0", "tile/0/000.p/0", "tile/1/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
		"tile/0/000.p/", "tile/0/000.p", "tile/0/000/", "tile/0/000.p/1/", "tile/0/0", "tile/0/00", "tile/0/0000",
		"tile/0/x000/000", "tile/0/x001", "tile/0/x0/000", "tile/00/000", "tile/01/000", "tile/64/000", "tile/-1/000",
		"tile/63/000", "tile/8/0/000", "tile/8/data/000", "tile/data/000", "tile/entries/0", "tile/entries/x000/000",
		"tile/entries/999", "tile/0/999", "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/", "tile", "tile/0",
		"tile/0/000%00", "tile/0/%2e%2e/checkpoint", "tile/0/000.P/1", "tile/0/000.p/1x", "tile/0/000.p/+1", "nothing",
	} {
		got := get(url + "/" + path)
		expect(got.status == http.StatusNotFound, "%s answered %d", path, got.status)
		caching := got.header.Get("Cache-Control")
		expect(!strings.Contains(caching, "immutable"), "%s: that nothing is there is kept: %q", path, caching)
	}
	for _, name := range []string{"no-such-log", "SHENZHEN", "shenzhen%2f", "a.b"} {
		other := url[:strings.LastIndex(url, "/")+1] + name + "/checkpoint"
		expect(get(other).status == http.StatusNotFound, "%s is there", other)
	}
	head := must(ask(http.MethodHead, url+"/checkpoint", nil))
	expect(head.status == http.StatusOK && len(head.body) == 0, "HEAD answered %d", head.status)
	post := must(ask(http.MethodPost, url+"/checkpoint", []byte("x")))
	expect(post.status == 404 || post.status == 405 || post.status == 415, "POST answered %d", post.status)
}
