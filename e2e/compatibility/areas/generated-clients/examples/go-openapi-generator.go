package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"example.com/partner/gangway"
)

func main() {
	configuration := gangway.NewConfiguration()
	configuration.Servers = gangway.ServerConfigurations{{URL: os.Getenv("GANGWAY_URL")}}
	client := gangway.NewAPIClient(configuration)
	ctx := context.WithValue(context.Background(), gangway.ContextAccessToken, os.Getenv("GANGWAY_API_KEY"))
	email := os.Getenv("TENANT_EMAIL")

	input := gangway.NewTenantInput("Contoso", email)
	input.SetPhoneNumber("+49 171 1234567")
	created, _, err := client.TenantsAPI.TenantsCreate(ctx).
		TenantInput(*input).IdempotencyKey("create-" + email).Execute()
	check(err)

	run, _, err := client.OperationRunsAPI.OperationRunsGet(ctx, created.GetOperationRunId()).Execute()
	for check(err); run.Status == "queued" || run.Status == "running"; check(err) {
		time.Sleep(200 * time.Millisecond)
		run, _, err = client.OperationRunsAPI.OperationRunsGet(ctx, run.Id).Execute()
	}
	fmt.Println("run", run.Status)

	// null clears a field; a field that is not named stays as it is.
	patch := gangway.NewTenantPatch()
	patch.SetPhoneNumberNil()
	_, _, err = client.TenantsAPI.TenantsUpdate(ctx, created.Tenant).TenantPatch(*patch).Execute()
	check(err)

	// What was read can be sent back.
	read, _, err := client.TenantsAPI.TenantsGet(ctx, created.Tenant).Execute()
	check(err)
	read.ClientName = "Contoso Ltd"
	body, err := json.Marshal(read)
	check(err)
	check(json.Unmarshal(body, patch))
	_, _, err = client.TenantsAPI.TenantsUpdate(ctx, created.Tenant).TenantPatch(*patch).Execute()
	check(err)

	rows := []gangway.TenantInput{
		*gangway.NewTenantInput("Branch 1", "1."+email),
		*gangway.NewTenantInput("Branch 2", "2."+email),
	}
	bulk, _, err := client.TenantsAPI.TenantsBulk(ctx).TenantInput(rows).Execute()
	check(err)
	fmt.Println("bulk", bulk.Accepted)

	found := []gangway.Tenant{}
	for request := client.TenantsAPI.TenantsList(ctx).Q(email).Limit(2); ; {
		page, _, err := request.Execute()
		check(err)
		found = append(found, page.Items...)
		if !page.NextCursor.IsSet() || page.NextCursor.Get() == nil {
			break
		}
		request = request.Cursor(page.GetNextCursor())
	}
	fmt.Println("list", len(found))

	_, _, err = client.TenantsAPI.TenantsCreate(ctx).TenantInput(*gangway.NewTenantInput("Contoso", email)).Execute()
	var refused *gangway.GenericOpenAPIError
	if errors.As(err, &refused) {
		problem := refused.Model().(gangway.Problem)
		fmt.Println("duplicate", problem.ReasonCode, problem.GetExistingId() == created.Tenant)
	}

	// The body of a webhook, once its signature is verified.
	body, err = os.ReadFile(os.Getenv("WEBHOOK_BODY"))
	check(err)
	var event gangway.TenantCreatedEvent
	check(json.Unmarshal(body, &event))
	fmt.Println("event", event.Type, event.Data.Tenant)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
