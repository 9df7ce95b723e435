package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
)

func main() {
	if err := createTenant(context.Background(), os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func createTenant(ctx context.Context, email string) error {
	options := client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS")}
	// Without the keys everything works but the temporary password, which is in the mail alone then.
	if keys := os.Getenv("TEMPORAL_PAYLOAD_KEYS"); keys != "" {
		codec, err := newGangwayCodec(keys)
		if err != nil {
			return err
		}
		options.DataConverter = converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), codec)
	}
	temporal, err := client.Dial(options)
	if err != nil {
		return err
	}
	defer temporal.Close()

	start := client.StartWorkflowOptions{
		ID:        fmt.Sprintf("tenant-creation-%d", time.Now().UnixNano()),
		TaskQueue: "tenant-creation",
	}
	run, err := temporal.ExecuteWorkflow(ctx, start, "tenantCreationWorkflow", map[string]any{
		"tenantName":   "Fabrikam",
		"adminUser":    map[string]string{"firstName": "Ines", "lastName": "Duarte", "email": email},
		"companyName":  "Fabrikam Lda",
		"contractLine": "professional",
	})
	if err != nil {
		return err
	}
	change := map[string]string{"field": "contractLine", "value": "enterprise"}
	if err := temporal.SignalWorkflow(ctx, run.GetID(), "", "update", change); err != nil {
		return err
	}
	fmt.Println("Started", run.GetID())

	answer, err := temporal.QueryWorkflow(ctx, run.GetID(), "", "getState")
	if err != nil {
		return err
	}
	var state struct {
		Step     string
		Progress int
	}
	if err := answer.Get(&state); err != nil {
		return err
	}
	fmt.Println("Step:", state.Step, "Progress:", state.Progress)

	var result struct {
		TenantID          string
		TemporaryPassword *string
	}
	if err := run.Get(ctx, &result); err != nil {
		return err
	}
	password := "null"
	if result.TemporaryPassword != nil {
		password = *result.TemporaryPassword
	}
	fmt.Println("Tenant:", result.TenantID, "Temporary password:", password)
	return nil
}
