import com.example.gangway.ApiClient;
import com.example.gangway.ApiException;
import com.example.gangway.api.OperationRunsApi;
import com.example.gangway.api.TenantsApi;
import com.example.gangway.model.CreatedTenant;
import com.example.gangway.model.OperationRun;
import com.example.gangway.model.Problem;
import com.example.gangway.model.Tenant;
import com.example.gangway.model.TenantCreatedEvent;
import com.example.gangway.model.TenantInput;
import com.example.gangway.model.TenantList;
import com.example.gangway.model.TenantPatch;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

public class Example {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("GANGWAY_URL"));
    String authorization = "Bearer " + System.getenv("GANGWAY_API_KEY");
    client.setRequestInterceptor(request -> request.header("Authorization", authorization));
    String email = System.getenv("TENANT_EMAIL");
    TenantsApi tenants = new TenantsApi(client);
    OperationRunsApi runs = new OperationRunsApi(client);

    TenantInput input = new TenantInput().clientName("Contoso").email(email).phoneNumber("+49 171 1234567");
    CreatedTenant created = tenants.tenantsCreate(input, "create-" + email, null);

    OperationRun run = runs.operationRunsGet(created.getOperationRunId());
    while (run.getFinishedAt() == null) {
      Thread.sleep(200);
      run = runs.operationRunsGet(run.getId());
    }
    System.out.println("run " + run.getStatus());

    // null clears a field; a field that is not named stays as it is.
    tenants.tenantsUpdate(created.getTenant(), new TenantPatch().phoneNumber(null));

    // What was read can be sent back.
    Tenant read = tenants.tenantsGet(created.getTenant()).clientName("Contoso Ltd");
    ObjectMapper json = ApiClient.createDefaultObjectMapper();
    tenants.tenantsUpdate(created.getTenant(), json.convertValue(read, TenantPatch.class));

    List<TenantInput> rows = new ArrayList<>();
    for (int n = 1; n <= 2; n++) rows.add(new TenantInput().clientName("Branch " + n).email(n + "." + email));
    System.out.println("bulk " + tenants.tenantsBulk(rows, null).getAccepted());

    List<Tenant> found = new ArrayList<>();
    String cursor = null;
    do {
      TenantList page = tenants.tenantsList(cursor, 2, null, email);
      found.addAll(page.getItems());
      cursor = page.getNextCursor();
    } while (cursor != null);
    System.out.println("list " + found.size());

    try {
      tenants.tenantsCreate(new TenantInput().clientName("Contoso").email(email), null, null);
    } catch (ApiException error) {
      Problem problem = json.readValue(error.getResponseBody(), Problem.class);
      System.out.println("duplicate " + problem.getReasonCode() + " " + created.getTenant().equals(problem.getExistingId()));
    }

    // The body of a webhook, once its signature is verified.
    String body = Files.readString(Path.of(System.getenv("WEBHOOK_BODY")));
    TenantCreatedEvent event = json.readValue(body, TenantCreatedEvent.class);
    System.out.println("event " + event.getType().getValue() + " " + event.getData().getTenant());
  }
}
