"""The view's own words, in both languages, and times as one reads them at a glance."""

from collections.abc import Mapping
from datetime import datetime

from controller.view.cells import clean
from controller.view.sight import SECOND, Language

WORDS: Mapping[str, tuple[str, str]] = {  # zh, en
    "controller": ("控制器", "controller"),
    "starting": ("正在启动", "is starting"),
    "online": ("在线", "online"),
    "start": ("第 {} 次启动", "start {}"),
    "killed": ("被 kill -9 终止", "killed"),
    "away": ("离线", "away"),
    "carries on": ("展厅照常运行", "the house carries on"),
    "back": ("{} 秒后恢复", "back in {} s"),
    "no broker": ("连接不上消息服务器", "the broker cannot be reached"),
    "scenes": ("场景", "Scenes"),
    "decisions": ("决定", "Decisions"),
    "running": ("运行中", "running"),
    "cooling": ("冷却中", "cooling"),
    "idle": ("空闲", "idle"),
    "disarmed": ("已停用", "disarmed"),
    "suspended": ("已暂停", "suspended"),
    "queued": ("排队中", "queued"),
    "blocked": ("受阻", "blocked"),
    "at most": ("最多还有 {}", "≤ {} left"),
    "waiting": ("{} 位排队", "{} waiting"),
    "left": ("还有 {}", "{} left"),
    "more": ("…还有 {} 个", "…and {} more"),
    "gone": ("离线", "is gone"),
    "wished": ("应为 {}", "asked: {}"),
    "unheard": ("尚无消息", "not heard yet"),
    "emergency": ("独立运行，从不受控", "on its own: it is never told anything"),
    "dark": ("无画面", "nothing"),
    "ended": ("播放结束", "at its end"),
    "loops": ("循环", "loops"),
    "on": ("开", "on"),
    "off": ("关", "off"),
    "house": ("全馆", "The whole house"),
    "key v": ("观众", "visitor"),
    "key t": ("导览", "tour"),
    "key k": ("kill -9 控制器", "kill -9"),
    "key f": ("故障", "fault"),
    "key e": ("疏散／解除", "evacuate/lift"),
    "key q": ("退出", "quit"),
    "elsewhere": ("另开一个终端试试：", "try in a second terminal:"),
    "trick visitor": ("按键：进来一位观众", "key: a visitor walks in"),
    "trick one more": (
        "按键：进来一位观众；{} 已有人，状态不变",
        "key: a visitor walks in; somebody stands at {} already, so nothing becomes true there",
    ),
    "trick kill": ("按键：kill -9 终止控制器，立即重启", "key: kill -9 for the controller, started again at once"),
    "trick lies": ("按键：{} 谎报状态 20 秒", "key: {} reports what it does not show, for 20 s"),
    "trick vanishes": ("按键：{} 掉线 20 秒", "key: {} vanishes for 20 s"),
    "trick well": ("{} 的故障结束", "the fault of {} is over"),
    "safety evacuation": ("疏散", "EVACUATION"),
    "safety drill": ("疏散演习", "EVACUATION DRILL"),
    "safety lifting": ("正在解除疏散，等待第二人确认", "EVACUATION, being lifted: waits for the second step"),
    "trick evacuate": ("按键：疏散", "key: the house shall be evacuated"),
    "trick lift": ("按键：解除疏散，两步由两人完成", "key: the evacuation shall be lifted, in two steps by two people"),
    "trick start": ("按键：开始导览 {}", "key: the tour {} shall start"),
    "trick go": ("按键：导览 {} 继续", "key: the tour {} shall go on"),
}  # fmt: skip


def say(language: Language, word: str, *values: object) -> str:
    """A word of the view."""
    zh, en = WORDS[word]
    return (zh if language == "zh" else en).format(*values)


def titled(title: Mapping[str, str], language: Language, name: str) -> str:
    """A title in the language, or in the other one, or the name."""
    return clean(title.get(language) or next((one for one in title.values() if one), "") or name)


def clock(at: int) -> str:
    """Local time to the second."""
    return datetime.fromtimestamp(at / SECOND).astimezone().strftime("%H:%M:%S")


def length(micros: int) -> str:
    """Whole seconds: ``12 s``, ``2:18``, ``1:02:18``."""
    seconds = max(0, micros) // SECOND
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
