import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import java.util.Map;
import java.util.UUID;

public class CreateTenant {
  public static void main(String[] args) {
    String address = System.getenv().getOrDefault("TEMPORAL_ADDRESS", "localhost:7233");
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    WorkflowClientOptions.Builder options = WorkflowClientOptions.newBuilder();
    // Without the keys everything works but the temporary password, which is in the mail alone then.
    String keys = System.getenv("TEMPORAL_PAYLOAD_KEYS");
    if (keys != null)
      options.setDataConverter(
          new CodecDataConverter(
              DefaultDataConverter.newDefaultInstance(), List.of(new GangwayCodec(keys))));
    WorkflowStub creation =
        WorkflowClient.newInstance(service, options.build())
            .newUntypedWorkflowStub(
                "tenantCreationWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId("tenant-creation-" + UUID.randomUUID())
                    .setTaskQueue("tenant-creation")
                    .build());
    creation.start(
        Map.of(
            "tenantName", "Fabrikam",
            "adminUser", Map.of("firstName", "Ines", "lastName", "Duarte", "email", args[0]),
            "companyName", "Fabrikam Lda",
            "contractLine", "professional"));
    creation.signal("update", Map.of("field", "contractLine", "value", "enterprise"));
    System.out.println("Started " + creation.getExecution().getWorkflowId());

    Map<?, ?> state = creation.query("getState", Map.class);
    System.out.println("Step: " + state.get("step") + " Progress: " + state.get("progress"));

    Map<?, ?> result = creation.getResult(Map.class);
    System.out.println(
        "Tenant: " + result.get("tenantId") + " Temporary password: " + result.get("temporaryPassword"));
    service.shutdown();
  }
}
