package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"

	"example.com/partner/gangway"
)

type apiKey string

func (key apiKey) Bearer(context.Context, gangway.OperationName) (gangway.Bearer, error) {
	return gangway.Bearer{Token: string(key)}, nil
}

func main() {
	client, err := gangway.NewClient(os.Getenv("GANGWAY_URL"), apiKey(os.Getenv("GANGWAY_API_KEY")))
	check(err)
	ctx, email := context.Background(), os.Getenv("TENANT_EMAIL")

	input := &gangway.TenantInput{
		ClientName:  "Contoso",
		Email:       email,
		PhoneNumber: gangway.NewOptNilString("+49 171 1234567"),
	}
	key := gangway.TenantsCreateParams{IdempotencyKey: gangway.NewOptString("create-" + email)}
	created := answerOf[*gangway.CreatedTenantHeaders](client.TenantsCreate(ctx, input, key)).Response
	id := created.Tenant

	runID, _ := created.OperationRunID.Get()
	readRun := func() gangway.OperationRun {
		params := gangway.OperationRunsGetParams{ID: runID}
		return answerOf[*gangway.OperationRunHeaders](client.OperationRunsGet(ctx, params)).Response
	}
	run := readRun()
	for ; run.FinishedAt.IsNull(); run = readRun() {
		time.Sleep(200 * time.Millisecond)
	}
	fmt.Println("run", run.Status)

	// null clears a field; a field that is not named stays as it is.
	patch := &gangway.TenantPatch{}
	patch.PhoneNumber.SetToNull()
	update := gangway.TenantsUpdateParams{ID: id}
	answerOf[*gangway.TenantHeaders](client.TenantsUpdate(ctx, patch, update))

	// What was read can be sent back.
	read := answerOf[*gangway.TenantHeaders](client.TenantsGet(ctx, gangway.TenantsGetParams{ID: id})).Response
	read.ClientName = "Contoso Ltd"
	body, err := json.Marshal(&read)
	check(err)
	check(json.Unmarshal(body, patch))
	answerOf[*gangway.TenantHeaders](client.TenantsUpdate(ctx, patch, update))

	rows := &gangway.TenantsBulkReqApplicationJSON{
		{ClientName: "Branch 1", Email: "1." + email},
		{ClientName: "Branch 2", Email: "2." + email},
	}
	bulk := answerOf[*gangway.BulkResultHeaders](client.TenantsBulk(ctx, rows, gangway.TenantsBulkParams{})).Response
	fmt.Println("bulk", bulk.Accepted)

	found := []gangway.Tenant{}
	for query := (gangway.TenantsListParams{Q: gangway.NewOptString(email), Limit: gangway.NewOptInt(2)}); ; {
		page := answerOf[*gangway.TenantListHeaders](client.TenantsList(ctx, query)).Response
		found = append(found, page.Items...)
		cursor, isMore := page.NextCursor.Get()
		if !isMore {
			break
		}
		query.Cursor = gangway.NewOptString(cursor)
	}
	fmt.Println("list", len(found))

	again := &gangway.TenantInput{ClientName: "Contoso", Email: email}
	refused, err := client.TenantsCreate(ctx, again, gangway.TenantsCreateParams{})
	check(err)
	if conflict, isConflict := refused.(*gangway.TenantsCreateConflict); isConflict {
		problem := conflict.Response
		fmt.Println("duplicate", problem.ReasonCode, problem.ExistingID.Value == id)
	}

	// The body of a webhook, once its signature is verified.
	body, err = os.ReadFile(os.Getenv("WEBHOOK_BODY"))
	check(err)
	var event gangway.TenantCreatedEvent
	check(json.Unmarshal(body, &event))
	fmt.Println("event", event.Type, event.Data.Tenant)
}

// answerOf gives what a call answered if it is an Answer, or ends with the problem that it is.
func answerOf[Answer any](response any, err error) Answer {
	check(err)
	answer, isAnswer := response.(Answer)
	if !isAnswer {
		log.Fatalf("%T %+v", response, response)
	}
	return answer
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
