package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"example.com/partner/gangway"
	"github.com/oapi-codegen/nullable"
	"github.com/oapi-codegen/runtime/types"
)

func main() {
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("GANGWAY_API_KEY"))
		return nil
	}
	client, err := gangway.NewClientWithResponses(os.Getenv("GANGWAY_URL"), gangway.WithRequestEditorFn(authorize))
	check(err)
	ctx, email := context.Background(), os.Getenv("TENANT_EMAIL")

	key := "create-" + email
	creation, err := client.TenantsCreateWithResponse(ctx, &gangway.TenantsCreateParams{IdempotencyKey: &key},
		gangway.TenantInput{
			ClientName:  "Contoso",
			Email:       types.Email(email),
			PhoneNumber: nullable.NewNullableWithValue("+49 171 1234567"),
		})
	check(err)
	created := answerOf(creation.JSON201, creation.Body)

	runId, err := created.OperationRunId.Get()
	check(err)
	var run *gangway.OperationRun
	for run == nil || run.FinishedAt.IsNull() {
		time.Sleep(200 * time.Millisecond)
		response, err := client.OperationRunsGetWithResponse(ctx, runId)
		check(err)
		run = answerOf(response.JSON200, response.Body)
	}
	fmt.Println("run", run.Status)

	// null clears a field; a field that is not named stays as it is.
	patch := gangway.TenantPatch{PhoneNumber: nullable.NewNullNullable[string]()}
	cleared, err := client.TenantsUpdateWithResponse(ctx, created.Tenant, patch)
	check(err)
	answerOf(cleared.JSON200, cleared.Body)

	// What was read can be sent back.
	response, err := client.TenantsGetWithResponse(ctx, created.Tenant)
	check(err)
	read := answerOf(response.JSON200, response.Body)
	read.ClientName = "Contoso Ltd"
	body, err := json.Marshal(read)
	check(err)
	check(json.Unmarshal(body, &patch))
	updated, err := client.TenantsUpdateWithResponse(ctx, created.Tenant, patch)
	check(err)
	answerOf(updated.JSON200, updated.Body)

	rows := []gangway.TenantInput{
		{ClientName: "Branch 1", Email: types.Email("1." + email)},
		{ClientName: "Branch 2", Email: types.Email("2." + email)},
	}
	bulk, err := client.TenantsBulkWithResponse(ctx, nil, rows)
	check(err)
	fmt.Println("bulk", answerOf(bulk.JSON202, bulk.Body).Accepted)

	found, limit := []gangway.Tenant{}, 2
	for query := (gangway.TenantsListParams{Q: &email, Limit: &limit}); ; {
		response, err := client.TenantsListWithResponse(ctx, &query)
		check(err)
		page := answerOf(response.JSON200, response.Body)
		found = append(found, page.Items...)
		if page.NextCursor.IsNull() {
			break
		}
		cursor := page.NextCursor.MustGet()
		query.Cursor = &cursor
	}
	fmt.Println("list", len(found))

	again := gangway.TenantInput{ClientName: "Contoso", Email: types.Email(email)}
	refused, err := client.TenantsCreateWithResponse(ctx, nil, again)
	check(err)
	if problem := refused.ApplicationproblemJSON409; problem != nil {
		fmt.Println("duplicate", problem.ReasonCode, *problem.ExistingId == created.Tenant)
	}

	// The body of a webhook, once its signature is verified.
	body, err = os.ReadFile(os.Getenv("WEBHOOK_BODY"))
	check(err)
	var event gangway.TenantCreatedEvent
	check(json.Unmarshal(body, &event))
	fmt.Println("event", event.Type, event.Data.Tenant)
}

// answerOf gives what a call answered, or ends with its problem, which is in the body.
func answerOf[Answer any](answer *Answer, body []byte) *Answer {
	if answer == nil {
		log.Fatal(string(body))
	}
	return answer
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
