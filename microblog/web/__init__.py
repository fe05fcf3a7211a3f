"""The web: a console for those who work, a portal for everyone. It only calls services and queries.

How a console page is added (`microblog/web/console/NAME.py`):

1. Router: `router = APIRouter(prefix="/console/NAME", include_in_schema=False)`; name it in `app.CONSOLE`.
2. Role: every route takes a `Desk` from `acting(Act.…)` (`web/desk.py`), the one dependency that checks session,
   one-time code and the table `domain.people.MAY`. A route without it fails `tests/web/test_roles.py`. Reading needs
   `Act.LOOK`; a new kind of deed is a new row of that table, and `docs/roles.md` follows.

       @router.get("/{number}")
       def show(number: int, desk: Annotated[Desk, Depends(acting(Act.LOOK))]) -> Response:
           return desk.page("console/NAME.html", interview=queries.something(desk.office, number))

3. Template: `templates/console/NAME.html` extends `console.html` (blocks `title`, `main`, `scripts`). In it:
   `url("/console/…")` for every link, `static("console.js")` for every asset, `{{ form_token() }}` inside every
   `<form method="post">`; htmx sends the same token by header on its own. Filters: `china` (moment), `day`, `clock`,
   `masked`, `masked_name`. No inline script, style or `style=`, no `hx-on`: the content security policy blocks them.
   A part that a script puts in place comes from `desk.part`, which leaves a waiting notice to the next page.
   ECharts: `echarts.init(element, null, {renderer: "canvas"})`, data from a `<script type="application/json">` block,
   tooltips with `renderMode: "richText"` (HTML tooltips need inline style).
4. Menu: a line in `menu.MENU` with the act that a person needs to see it.
5. Record: every write runs in `desk.change(verb, subject, facts)`, which keeps who, when, before and after, and
   refusals; then `return desk.back("/console/NAME", "已保存")` (a redirect; for htmx `HX-Redirect`). `facts` is asked
   before and after. A POST that forgot it is recorded by its path alone.

       @router.post("/{number}/cancel")
       def stop(number: int, reason: Annotated[str, Form(max_length=200)],
                desk: Annotated[Desk, Depends(acting(Act.SEND))]) -> Response:
           with desk.change("cancel", key, lambda: post_facts(desk.office, key)):
               cancel(desk.office, key, by=desk.name, reason=reason)
           return desk.back(f"/console/NAME/{number}", "已取消")

6. Errors: let MicroblogError fly; `web/errors.py` turns it into a page, or into an alert for htmx.
7. Live: `desk.stream(version)` is a bounded server-sent-event response that says `changed` when `version()` does.
8. Uploads: `uploads.checked(file, kinds)` limits size and looks at what the bytes are.
9. Tests: `tests/web/site.py` has `site_of(scene)`, `signed_in(site, Role.…)` and the office of `tests/shared.py`.
"""
