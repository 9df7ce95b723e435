import com.google.gson.Gson;
import com.google.protobuf.ByteString;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Payloads as Gangway encrypts them: JWE, with the keys that `gangway keys temporal` prints. */
public class GangwayCodec implements PayloadCodec {
  private static final String ENCODING = "binary/jwe";
  private static final Gson JSON = new Gson();
  private final Map<String, byte[]> keys = new LinkedHashMap<>();
  private final String newest;

  public GangwayCodec(String text) {
    for (String pair : text.split(",")) {
      String[] parts = pair.split(":");
      keys.put(parts[0], Base64.getUrlDecoder().decode(parts[1]));
    }
    newest = keys.keySet().iterator().next();
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(this::encrypt).collect(Collectors.toList());
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::decrypt).collect(Collectors.toList());
  }

  private Payload encrypt(Payload payload) {
    Plain plain = new Plain();
    plain.data = toText(payload.getData());
    payload.getMetadataMap().forEach((name, value) -> plain.metadata.put(name, toText(value)));
    JWEHeader header =
        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).keyID(newest).build();
    JWEObject sealed = new JWEObject(header, new com.nimbusds.jose.Payload(JSON.toJson(plain)));
    try {
      sealed.encrypt(new DirectEncrypter(keys.get(newest)));
    } catch (JOSEException error) {
      throw new PayloadCodecException(error);
    }
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(ENCODING))
        .setData(ByteString.copyFromUtf8(sealed.serialize()))
        .build();
  }

  private Payload decrypt(Payload payload) {
    // The state of a creation and other documented answers are not encrypted.
    ByteString encoding = payload.getMetadataOrDefault("encoding", ByteString.EMPTY);
    if (!encoding.toStringUtf8().equals(ENCODING)) return payload;
    try {
      JWEObject sealed = JWEObject.parse(payload.getData().toStringUtf8());
      sealed.decrypt(new DirectDecrypter(keys.get(sealed.getHeader().getKeyID())));
      Plain plain = JSON.fromJson(sealed.getPayload().toString(), Plain.class);
      Payload.Builder opened = Payload.newBuilder().setData(toBytes(plain.data));
      plain.metadata.forEach((name, value) -> opened.putMetadata(name, toBytes(value)));
      return opened.build();
    } catch (ParseException | JOSEException error) {
      throw new PayloadCodecException(error);
    }
  }

  private static String toText(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static ByteString toBytes(String text) {
    return ByteString.copyFrom(Base64.getDecoder().decode(text));
  }

  private static class Plain {
    Map<String, String> metadata = new LinkedHashMap<>();
    String data;
  }
}
