import json
from tests.clients.tools import Tool, REPOSITORY, installed
from tests.services.evaluating import evaluate
def test_x(server):
    evaluate(server)
    try: out=installed('prowler','prowler').run(server, server.admin,'aws','--service','securityhub','config','-M','json-ocsf','-f','us-east-1','-z','--no-banner') 
    except Exception as e: out=str(e)
    print(out[-3000:])
    for f in (server.data/'home').rglob('*.json'):
        if 'ocsf' in f.name:
            for x in json.loads(f.read_text()): print(x['metadata']['event_code'], x['status_code'], x['status_detail'])
