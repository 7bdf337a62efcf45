from permissions.table import *
from permissions.conftest import PERSONAS
def test_draft(world):
    clients={p: world.client(p) for p in PERSONAS}
    out=[]
    for line in open('/tmp/paths.txt'):
        m,p=line.split()
        cells=[]
        for who in PERSONAS:
            ws=sorted({word(ask(clients[who],m,x.format(**world.ids))) for x in each_step(p)})
            cells.append('/'.join(ws))
        out.append(f"{m:4} {p:45} "+' '.join(f"{c:7}" for c in cells))
    open('/tmp/draft.txt','w').write(f"{'':51}"+' '.join(f"{c:7}" for c in PERSONAS)+"\n"+'\n'.join(out))
    print(world.ids)
