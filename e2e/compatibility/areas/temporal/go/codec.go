package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
)

const encoding = "binary/jwe"

// gangwayCodec has payloads as Gangway encrypts them: JWE, with the keys that `gangway keys temporal` prints.
type gangwayCodec struct {
	keys   map[string][]byte
	newest string
}

var _ converter.PayloadCodec = gangwayCodec{}

// plainPayload is what is inside: Go writes []byte as base64.
type plainPayload struct {
	Metadata map[string][]byte `json:"metadata"`
	Data     []byte            `json:"data"`
}

func newGangwayCodec(text string) (gangwayCodec, error) {
	codec := gangwayCodec{keys: map[string][]byte{}}
	for _, pair := range strings.Split(text, ",") {
		id, value, _ := strings.Cut(pair, ":")
		var key jose.JSONWebKey
		if err := key.UnmarshalJSON([]byte(fmt.Sprintf(`{"kty":"oct","k":%q}`, value))); err != nil {
			return codec, err
		}
		codec.keys[id] = key.Key.([]byte)
		if codec.newest == "" {
			codec.newest = id
		}
	}
	return codec, nil
}

func (codec gangwayCodec) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return each(payloads, codec.encrypt)
}

// Decode leaves alone what is not encrypted: the state of a creation and other documented answers.
func (codec gangwayCodec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	return each(payloads, codec.decrypt)
}

func (codec gangwayCodec) encrypt(payload *commonpb.Payload) (*commonpb.Payload, error) {
	recipient := jose.Recipient{Algorithm: jose.DIRECT, Key: codec.keys[codec.newest], KeyID: codec.newest}
	encrypter, err := jose.NewEncrypter(jose.A256GCM, recipient, nil)
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(plainPayload{payload.Metadata, payload.Data})
	if err != nil {
		return nil, err
	}
	sealed, err := encrypter.Encrypt(plain)
	if err != nil {
		return nil, err
	}
	compact, err := sealed.CompactSerialize()
	return &commonpb.Payload{
		Metadata: map[string][]byte{"encoding": []byte(encoding)},
		Data:     []byte(compact),
	}, err
}

func (codec gangwayCodec) decrypt(payload *commonpb.Payload) (*commonpb.Payload, error) {
	if string(payload.Metadata["encoding"]) != encoding {
		return payload, nil
	}
	sealed, err := jose.ParseEncryptedCompact(
		string(payload.Data), []jose.KeyAlgorithm{jose.DIRECT}, []jose.ContentEncryption{jose.A256GCM})
	if err != nil {
		return nil, err
	}
	decrypted, err := sealed.Decrypt(codec.keys[sealed.Header.KeyID])
	if err != nil {
		return nil, err
	}
	var plain plainPayload
	err = json.Unmarshal(decrypted, &plain)
	return &commonpb.Payload{Metadata: plain.Metadata, Data: plain.Data}, err
}

func each(
	payloads []*commonpb.Payload, change func(*commonpb.Payload) (*commonpb.Payload, error),
) ([]*commonpb.Payload, error) {
	changed := make([]*commonpb.Payload, len(payloads))
	for i, payload := range payloads {
		var err error
		if changed[i], err = change(payload); err != nil {
			return nil, err
		}
	}
	return changed, nil
}
