"""What a program written for OpenAI finds here, with OpenAI's own clients."""
import base64
import json
import os
import struct
import subprocess
from pathlib import Path

import openai
from town import GIVEN, ROOT, Town
from upstream import MODEL

BASE_MODEL = "beffroi-base-officielle"
HERE = Path(__file__).resolve().parent
QUESTION = "Quel est le délai pour déclarer une naissance ?"


def client(town, key=None):
    return openai.OpenAI(base_url=f"{town.url}/v1", api_key=key or town.key, max_retries=0, timeout=60)


def said(town, text, **more):
    return client(town).chat.completions.create(model=town.model, messages=[{"role": "user", "content": text}], **more)


def raises(kind, status, act):
    try:
        act()
    except kind as fault:
        assert type(fault) is kind and fault.status_code == status, (type(fault), fault.status_code)
        assert fault.body["message"] and set(fault.body) == {"message", "type", "param", "code"}, fault.body
        return fault
    raise AssertionError(f"{kind.__name__} était attendu")


def models(town):
    served = [model.id for model in client(town).models.list()]
    assert BASE_MODEL in served and town.model in served, served
    assert client(town).models.retrieve(BASE_MODEL).owned_by == "beffroi"
    assert raises(openai.NotFoundError, 404, lambda: client(town).models.retrieve("gpt-9")).body["code"] == "model_not_found"


def chat(town):
    raw = client(town).chat.completions.with_raw_response.create(model=town.model, messages=[
        {"role": "system", "content": "Sois bref."}, {"role": "user", "content": "Un"}, {"role": "assistant", "content": "Deux"},
        {"role": "user", "content": [{"type": "text", "text": "Trois"}]}], temperature=0, max_tokens=50, seed=7, user="u")
    reply = raw.parse()
    assert reply.choices[0].message.content == "Vous dites : Trois" and reply.choices[0].finish_reason == "stop", reply
    assert reply.usage.total_tokens == 14, reply.usage
    assert reply.beffroi["generated_by"]["ai"] is True and reply.beffroi["notice"], reply.beffroi
    assert raw.headers["x-ai-generated"].startswith("true") and raw.headers["x-request-id"], raw.headers
    assert int(raw.headers["x-ratelimit-remaining-requests"]) < int(raw.headers["x-ratelimit-limit-requests"])
    roles = [message["role"] for message in town.upstream.bodies[-1]["messages"]]
    assert roles == ["system", "user", "assistant", "user"], roles
    assert said(town, "un deux trois quatre", max_tokens=3).choices[0].finish_reason == "length"
    assert said(town, "un deux trois quatre", stop=[" trois"]).choices[0].message.content == "Vous dites : un deux"


def stream(town):
    pieces = list(said(town, "un deux trois", stream=True, stream_options={"include_usage": True}))
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
    assert text == "Vous dites : un deux trois", text
    assert len(pieces) > 4 and pieces[0].choices[0].delta.role == "assistant"
    assert pieces[-2].choices[0].finish_reason == "stop" and pieces[-2].beffroi["generated_by"]["ai"], pieces[-2]
    assert pieces[-1].usage.completion_tokens == 6 and not pieces[-1].choices
    cut = "".join(piece.choices[0].delta.content or "" for piece in said(town, "un deux trois", stream=True, stop=" deux"))
    assert cut == "Vous dites : un", cut


def privacy(town):
    typed = "Mme Sandrine Rivière (06 12 34 56 78) demande un acte."
    whole = said(town, typed)
    sent = json.dumps(town.upstream.bodies[-1], ensure_ascii=False)
    assert "Rivière" not in sent and "06 12" not in sent, sent
    assert whole.choices[0].message.content == "Vous dites : " + typed, whole
    assert whole.beffroi["privacy"] == {"destination": "upstream", "treatment": "masked", "found": {"PERSON": 1, "PHONE": 1}}, whole.beffroi
    text = "".join(piece.choices[0].delta.content or "" for piece in said(town, typed, stream=True))
    assert text == "Vous dites : " + typed, text
    client(town).chat.completions.create(model=town.model, messages=[
        {"role": "system", "content": "Tu écris pour M. Karim Benali."}, {"role": "user", "content": "Bonjour"},
        {"role": "assistant", "content": "Bonjour M. Benali"}, {"role": "user", "content": "Merci"}])
    sent = json.dumps(town.upstream.bodies[-1], ensure_ascii=False)
    assert "Benali" not in sent and "Karim" not in sent, sent
    for secret in ("Rivière", "Benali", town.key):
        assert secret not in town.log()


def proof(town):
    asked = len(town.upstream.bodies)
    for model, extra in ((BASE_MODEL, {}), (town.model, {"beffroi": {"retrieval": True, "proof": True}})):
        reply = client(town).chat.completions.create(model=model, messages=[{"role": "user", "content": QUESTION}], extra_body=extra)
        found = reply.beffroi
        assert found["status"] == "answered" and found["sources"] and "generated_by" not in found, found
        for sentence in found["sentences"]:
            assert sentence["text"] in reply.choices[0].message.content
            assert 1 <= sentence["source"] <= len(found["sources"])
        assert found["sources"][0]["url"].startswith("https://") and found["sources"][0]["date"], found["sources"]
        assert reply.usage.total_tokens == 0, reply.usage
    pieces = list(client(town).chat.completions.create(model=BASE_MODEL, messages=[{"role": "user", "content": QUESTION}], stream=True))
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices) == reply.choices[0].message.content
    assert len(town.upstream.bodies) == asked  # no model was asked anything
    nothing = client(town).chat.completions.create(model=BASE_MODEL, messages=[{"role": "user", "content": "Qui a gagné le match de rugby hier soir ?"}])
    assert nothing.beffroi["status"] in ("not_found", "out_of_scope") and not nothing.beffroi["sentences"], nothing.beffroi


def faults(town):
    ask = lambda **more: lambda: said(town, "Bonjour", **more)
    assert raises(openai.BadRequestError, 400, ask(temperature=0.7)).body["param"] == "temperature"
    assert raises(openai.BadRequestError, 400, ask(n=2)).body["param"] == "n"
    assert raises(openai.BadRequestError, 400, ask(max_tokens=0)).body["param"] == "max_tokens"
    assert raises(openai.BadRequestError, 400, ask(tools=[{"type": "function", "function": {"name": "f"}}])).body["param"] == "tools"
    assert raises(openai.BadRequestError, 400, ask(extra_body={"inconnu": 1})).body["code"] == "unsupported_parameter"
    assert raises(openai.BadRequestError, 400, ask(extra_body={"beffroi": {"retrieval": True, "proof": False}})).body["param"] == "beffroi.proof"
    fault = raises(openai.InternalServerError, 501, lambda: client(town).audio.transcriptions.create(model="whisper", file=("a.wav", b"RIFF")))
    assert "parole" in fault.body["message"], fault.body
    assert raises(openai.InternalServerError, 503, lambda: said(town, "PANNE")).body["type"] == "server_error"
    try:
        list(said(town, "PANNE", stream=True))
    except openai.APIError as fault:
        assert fault.body["message"], fault
    else:
        raise AssertionError("une erreur était attendue dans le flux")


def rights(town):
    wrong = town.key[:-1] + ("A" if town.key[-1] != "A" else "B")
    for key in ("sk-n-importe-quoi", wrong, town.key.replace("_demo_", "_ailleurs_")):
        assert raises(openai.AuthenticationError, 401, lambda: client(town, key).models.list()).body["type"] == "authentication_error"
    expired = town.make_key("camille")
    with town.database() as database:
        database.execute("UPDATE people_key SET ends_ms = 1 WHERE id = ?", [town.id_of(expired)])
    raises(openai.AuthenticationError, 401, lambda: client(town, expired).models.list())
    asking = town.make_key("camille", "ask")
    raises(openai.PermissionDeniedError, 403, lambda: client(town, asking).models.list())
    reading = client(town, town.make_key("camille", "use_api"))  # the base, and no model
    assert reading.chat.completions.create(model=BASE_MODEL, messages=[{"role": "user", "content": QUESTION}]).beffroi["sources"]
    raises(openai.PermissionDeniedError, 403, lambda: reading.chat.completions.create(model=town.model, messages=[{"role": "user", "content": "a"}]))
    revoked = town.make_key("camille")
    client(town, revoked).models.list()
    town.run("user", "revoke-key", "camille", town.id_of(revoked))
    raises(openai.AuthenticationError, 401, lambda: client(town, revoked).models.list())
    town.run("user", "add", "sans-charte", "--name", "Sam Charte", "--role", "agent", "--stdin", typed=GIVEN + "\n")
    fault = raises(openai.PermissionDeniedError, 403, lambda: client(town, town.make_key("sans-charte")).models.list())
    assert fault.body["code"] == "charter_not_accepted" and "/charte" in fault.body["message"], fault.body


def quotas(town):
    key = town.make_key("camille")
    its = client(town, key)
    town.run("quota", "set", "--key", town.id_of(key), "--requests", "3", "--tokens", "1000")
    for _ in range(3):
        its.models.list()
    fault = raises(openai.RateLimitError, 429, its.models.list)
    assert fault.body["code"] == "quota_exceeded" and 1 <= int(fault.response.headers["retry-after"]) <= 60, fault.response.headers
    assert fault.response.headers["x-ratelimit-remaining-requests"] == "0"
    town.stop(at_once=True)  # what was counted is still there
    town.start()
    its = client(town, key)
    used = json.loads(town.run("quota", "show", "--key", town.id_of(key), "--json"))[0]
    if used["requests_used"] == 3:  # the same minute
        raises(openai.RateLimitError, 429, its.models.list)
    town.run("quota", "set", "--key", town.id_of(key), "--requests", "100")
    ask = lambda tokens: its.chat.completions.create(model=town.model, messages=[{"role": "user", "content": "Bonjour"}], max_tokens=tokens)
    assert ask(900).usage.total_tokens == 14
    used = json.loads(town.run("quota", "show", "--key", town.id_of(key), "--json"))[0]
    assert used["tokens_used"] == 14, used
    fault = raises(openai.RateLimitError, 429, lambda: ask(1000))
    assert "jetons" in fault.body["message"] and int(fault.response.headers["retry-after"]) > 0
    assert ask(20).usage.total_tokens == 14
    assert its.chat.completions.create(model=BASE_MODEL, messages=[{"role": "user", "content": QUESTION}]).beffroi["sources"]


def albert(town):
    its = client(town)
    collections = its.get("/collections", cast_to=object)
    assert [one["id"] for one in collections["data"]] == ["vosdroits"], collections
    found = its.post("/search", body={"prompt": "carte d'identité perdue", "k": 3, "collections": ["vosdroits"]}, cast_to=object)["data"]
    assert len(found) == 3 and found[0]["score"] >= found[-1]["score"] and found[0]["chunk"]["content"], found
    document = its.get(f"/documents/{found[0]['chunk']['metadata']['document_id']}", cast_to=object)
    assert document["name"] == found[0]["chunk"]["metadata"]["document_name"]
    assert its.post("/search", body={"prompt": "carte", "collections": []}, cast_to=object)["data"] == []  # no collection, nothing
    raises(openai.NotFoundError, 404, lambda: its.post("/search", body={"prompt": "carte", "collections": ["autre"]}, cast_to=object))
    raises(openai.BadRequestError, 400, lambda: its.post("/search", body={"prompt": "carte", "method": "semantic"}, cast_to=object))
    assert its.get("/documents", cast_to=object)["data"] == []
    raises(openai.InternalServerError, 501, lambda: its.post("/collections", body={"name": "a"}, cast_to=object))


def node(town):
    done = subprocess.run(["node", HERE / "client.mjs", town.url, town.key, town.model], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def embeddings():
    with Town(semantic=True) as town:
        its = client(town)
        model = next(one.id for one in its.models.list() if one.type == "text-embeddings-inference")
        numbers = its.embeddings.create(model=model, input=["carte d'identité", "acte de naissance"], encoding_format="float")
        assert [one.index for one in numbers.data] == [0, 1] and len(numbers.data[0].embedding) == 384
        assert abs(sum(x * x for x in numbers.data[0].embedding) - 1) < 1e-3
        assert numbers.usage.prompt_tokens > 4, numbers.usage
        default = its.embeddings.create(model=model, input="carte d'identité")  # asked for in base64 by the client
        assert max(abs(a - b) for a, b in zip(default.data[0].embedding, numbers.data[0].embedding)) < 1e-6
        raw = its.post("/embeddings", body={"model": model, "input": "carte d'identité", "encoding_format": "base64"}, cast_to=object)
        values = struct.unpack("<384f", base64.b64decode(raw["data"][0]["embedding"], validate=True))
        assert max(abs(a - b) for a, b in zip(values, numbers.data[0].embedding)) < 1e-6
        raises(openai.BadRequestError, 400, lambda: its.embeddings.create(model=model, input=[[1, 2]]))
        raises(openai.BadRequestError, 400, lambda: its.embeddings.create(model=model, input=""))
        raises(openai.NotFoundError, 404, lambda: its.embeddings.create(model=MODEL, input="a"))


def refusing():
    with Town(policy="refuse") as town:
        asked = len(town.upstream.bodies)
        fault = raises(openai.PermissionDeniedError, 403, lambda: said(town, "Mme Sandrine Rivière demande un acte."))
        assert "données personnelles" in fault.body["message"] and "Rivière" not in fault.body["message"], fault.body
        assert len(town.upstream.bodies) == asked
        assert said(town, "Bonjour").choices[0].message.content


SHARED = [("modèles", models), ("conversation", chat), ("conversation en flux", stream), ("garde des données personnelles", privacy),
          ("réponses prouvées", proof), ("fautes", faults), ("clés et droits", rights), ("collections, documents, recherche", albert), ("client Node", node),
          ("quotas, arrêt brutal compris", quotas)]
ALONE = [("vecteurs", embeddings), ("règle qui refuse", refusing)]
