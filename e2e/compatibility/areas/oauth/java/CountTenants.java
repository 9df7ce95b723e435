import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Scanner;

public class CountTenants {
  private static final String URL = System.getenv("GANGWAY_URL");
  private static AccessToken token;
  private static Instant renewAt = Instant.MIN;

  public static void main(String[] args) throws Exception {
    Scanner names = new Scanner(System.in);
    while (names.hasNextLine()) {
      String name = names.nextLine();
      String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
      HTTPResponse page = get("/api/provisioning/tenants?q=" + query);
      System.out.println(name + ": " + ((List<?>) page.getBodyAsJSONObject().get("items")).size());
    }
  }

  /** Reads with a token that is good for another minute, and with a new one if it was rejected all the same. */
  private static HTTPResponse get(String path) throws Exception {
    if (renewAt.isBefore(Instant.now())) requestToken();
    HTTPResponse response = send(path);
    if (response.getStatusCode() == 401) {
      requestToken();
      response = send(path);
    }
    response.ensureStatusCode(200);
    return response;
  }

  private static HTTPResponse send(String path) throws Exception {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create(URL + path));
    request.setAuthorization(token.toAuthorizationHeader());
    return request.send();
  }

  private static void requestToken() throws Exception {
    AuthorizationServerMetadata server = AuthorizationServerMetadata.resolve(new Issuer(URL));
    ClientSecretBasic client =
        new ClientSecretBasic(
            new ClientID(System.getenv("GANGWAY_CLIENT_ID")),
            new Secret(System.getenv("GANGWAY_CLIENT_SECRET")));
    TokenRequest request =
        new TokenRequest.Builder(server.getTokenEndpointURI(), client, new ClientCredentialsGrant())
            .scope(new Scope("tenant:read"))
            .build();
    TokenResponse response = TokenResponse.parse(request.toHTTPRequest().send());
    if (!response.indicatesSuccess())
      throw new IllegalStateException(response.toErrorResponse().getErrorObject().toString());
    AccessTokenResponse granted = response.toSuccessResponse();
    token = granted.getTokens().getAccessToken();
    renewAt = Instant.now().plusSeconds(token.getLifetime() - 60);
  }
}
