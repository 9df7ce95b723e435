package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"

	"golang.org/x/oauth2/clientcredentials"
)

var (
	base   = os.Getenv("GANGWAY_URL")
	client *http.Client
)

// connect makes a client that requests a token, and another one shortly before that expires.
func connect() {
	config := clientcredentials.Config{
		ClientID:     os.Getenv("GANGWAY_CLIENT_ID"),
		ClientSecret: os.Getenv("GANGWAY_CLIENT_SECRET"),
		TokenURL:     base + "/api/oauth/token",
	}
	client = config.Client(context.Background())
}

func get(path string, into any) error {
	response, err := client.Get(base + path)
	if err == nil && response.StatusCode == http.StatusUnauthorized {
		response.Body.Close()
		connect() // the token was rejected before its time: a new client requests a new one
		response, err = client.Get(base + path)
	}
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, response.Status)
	}
	return json.NewDecoder(response.Body).Decode(into)
}

func main() {
	connect()
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		var page struct{ Items []json.RawMessage }
		if err := get("/api/provisioning/tenants?q="+url.QueryEscape(names.Text()), &page); err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d\n", names.Text(), len(page.Items))
	}
}
