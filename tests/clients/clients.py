"""Clients that others wrote, against a running `ciclo serve` of the example's model.

usage: clients.py URL
"""

import json
import sys
import urllib.request

import numpy
import pandas
import requests
import tritonclient.http as triton
from mlflow.pyfunc.scoring_server.client import ScoringServerClient
from openapi_spec_validator import validate
from prometheus_client.parser import text_string_to_metric_families

URL = sys.argv[1].rstrip("/")


def get(path):
    with urllib.request.urlopen(URL + path) as answer:
        return answer.read().decode()


def post(path, body):
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(URL + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


document = json.loads(get("/openapi.json"))
validate(document)
examples = document["paths"]["/predict"]["post"]["requestBody"]["content"]["application/json"]["examples"]
record = examples["one"]["value"]
expected = post("/predict", record)["predictions"][0]

# Open Inference Protocol v2: Triton's client.
client = triton.InferenceServerClient(URL.removeprefix("http://"))
name = document["info"]["title"]
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(name)
assert client.get_server_metadata()["name"] == "ciclo"
tensors = []
for tensor in client.get_model_metadata(name)["inputs"]:
    dtype = {"BYTES": numpy.object_, "BOOL": numpy.bool_, "FP64": numpy.float64}[tensor["datatype"]]
    value = record[tensor["name"]]
    data = numpy.array([value.encode() if tensor["datatype"] == "BYTES" else value], dtype)
    tensors.append(triton.InferInput(tensor["name"], [1], tensor["datatype"]))
    tensors[-1].set_data_from_numpy(data, binary_data=False)
output = triton.InferRequestedOutput("prediction", binary_data=False)
answer = client.infer(name, tensors, outputs=[output], request_id="7")
assert answer.get_response()["id"] == "7"
assert answer.as_numpy("prediction").tolist() == [expected]

# /metrics: Prometheus' own parser.
families = {family.name: family for family in text_string_to_metric_families(get("/metrics"))}
assert families["ciclo_predictions"].samples[0].value >= 2
assert families["ciclo_request_duration_seconds"].type == "histogram"

# MLflow's scoring client.
assert requests.get(URL + "/ping").status_code == 200
host, port = URL.removeprefix("http://").split(":")
scoring = ScoringServerClient(host, int(port))
scoring.wait_server_ready(10, None)
frame = pandas.DataFrame([record, record])
assert scoring.invoke(frame).get_predictions()[0].tolist() == [expected, expected]
print("Triton's, Prometheus' and MLflow's clients agree")
