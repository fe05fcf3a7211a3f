"""`microblog report …`: papers an inspection asks for."""

from microblog.cli.command import Command, new_app
from microblog.cli.desk import open_desk
from microblog.cli.parameters import Json, Number
from microblog.cli.screen import say, show_json
from microblog.service.filing import write_folder

app = new_app("备案：生成备案材料。")


@app.command("interview", cls=Command)
def interview(number: Number, as_json: Json = False) -> None:
    """写出一期访谈的备案文件夹：实录、访谈稿、归类、微博原文和佐证。"""
    office = open_desk()
    folder = write_folder(office, office.store.interviews.get(number))
    files = sorted(file for file in folder.iterdir() if file.is_file())
    if as_json:
        show_json({"folder": folder, "files": files})
        return
    say(f"备案材料已写到 {folder}")
    for file in files:
        say(f"  {file.name}")
