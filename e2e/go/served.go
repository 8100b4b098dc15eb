package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// An answer over HTTP.
type answer struct {
	url    string
	status int
	header http.Header
	body   []byte
}

func get(url string) answer {
	return must(ask(http.MethodGet, url, nil))
}

func ask(method, url string, body []byte) (answer, error) {
	request, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	return answer{url, response.StatusCode, response.Header, read}, err
}

// served reads the tiles of a log in the paths of C2SP tlog-tiles.
type served struct{ url string }

func (s served) Height() int { return 8 }

func (s served) SaveTiles([]tlog.Tile, [][]byte) {}

func (s served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		got := get(s.url + "/" + pathOf(tile, "entries"))
		if got.status != http.StatusOK {
			return nil, fmt.Errorf("%s: %d", pathOf(tile, "entries"), got.status)
		}
		all = append(all, got.body)
	}
	return all, nil
}

// pathOf is the path of x/mod without the height of its tiles; data is the name of what stands at level -1.
func pathOf(tile tlog.Tile, data string) string {
	path := strings.TrimPrefix(tile.Path(), "tile/8/")
	return "tile/" + strings.Replace(path, "data/", data+"/", 1)
}

// entries reads a bundle: (u16 length ‖ entry)*.
func entries(bundle []byte) ([][]byte, error) {
	var all [][]byte
	for len(bundle) > 0 {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			return nil, errors.New("a bundle ends within an entry")
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		all = append(all, bundle[2:end])
		bundle = bundle[end:]
	}
	return all, nil
}

// stored are the hashes of a tree that we made ourselves.
type stored struct {
	hashes []tlog.Hash
	n      int64
}

func (s *stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = s.hashes[index]
	}
	return hashes, nil
}

func (s *stored) add(entry []byte) {
	s.hashes = append(s.hashes, must(tlog.StoredHashes(s.n, entry, s))...)
	s.n++
}

func (s *stored) tree(n int64) tlog.Tree {
	return tlog.Tree{N: n, Hash: must(tlog.TreeHash(n, s))}
}

func (s *stored) proof(from, to int64) tlog.TreeProof {
	if from == 0 || from == to {
		return nil
	}
	return must(tlog.ProveTree(to, from, s))
}

// tilesOf are the tiles of one tree; tlog.NewTiles would name those of every smaller one too.
func tilesOf(n int64) []tlog.Tile {
	var tiles []tlog.Tile
	for level := 0; n > 0; level, n = level+1, n/256 {
		for at := int64(0); at < n/256; at++ {
			tiles = append(tiles, tlog.Tile{H: 8, L: level, N: at, W: 256})
		}
		if n%256 > 0 {
			tiles = append(tiles, tlog.Tile{H: 8, L: level, N: n / 256, W: int(n % 256)})
		}
	}
	return tiles
}
