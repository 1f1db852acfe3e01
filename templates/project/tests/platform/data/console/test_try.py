from tests.platform.data.working import shelf
def test_a(as_somebody, work):
    row = shelf(work("keeper"), "one", price="3")
    web = as_somebody("keeper")
    for u in ["/", "/records/shelves", f"/records/shelves/{row.id}", f"/records/shelves/{row.id}/edit", "/records/shelves/new", f"/records/shelves/{row.id}/history", f"/records/shelves/{row.id}/boxes/new"]:
        a = web.get(u)
        print(u, a.status_code, len(a.text))
        if a.status_code != 200: print(a.text)
    assert 0
