"""A note as one line in either language. English is what ``why`` and ``watch`` say; values keep their own words."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from controller.view.cells import clean
from controller.view.sight import Language
from devices.vocabulary import Fields, Scalar
from scenes.effects import Note
from scenes.reasons import sentence, span, verdict_words
from scenes.verdicts import Verdict

_VERDICTS: Mapping[Verdict, Callable[[Fields], str]] = {
    Verdict.HELD_BY_SAFETY: lambda d: f"{'正在演习' if d.get('state') == 'drill' else '正在疏散'}（{d.get('why')}）",
    Verdict.RETAINED: lambda _: "这是服务器保留的旧消息",
    Verdict.STALE: lambda d: f"消息不新鲜：{d.get('why')}",
    Verdict.EXPIRED: lambda _: "调度已过期",
    Verdict.MISSED: lambda d: f"错过了时间 {d.get('at')}，控制器当时不在（late: {d.get('late')}）",
    Verdict.NO_EDGE: lambda d: f"没有新的变化：{d.get('what', '')} 此前已经成立",
    Verdict.DWELL_BROKEN: lambda d: f"只持续了 {span(d.get('lasted_us'))}，需要 {span(d.get('for_us'))}",
    Verdict.DISARMED: lambda d: "场景已停用" + (f"（模式 {d.get('mode')}）" if d.get("mode") else ""),
    Verdict.CLOSED: lambda d: f"不在可启动时段（{d.get('hours')}）" + (f"，现在 {d['time']}" if d.get("time") else ""),
    Verdict.COOLING: lambda d: f"冷却中，{span(d.get('of_us'))} 还剩 {span(d.get('left_us'))}",
    Verdict.CONDITION_FALSE: lambda d: f"条件不成立：{d.get('if')}（{d.get('values')}）",
    Verdict.CONDITION_UNKNOWN: lambda d: f"条件未知：{d.get('if')}（{d.get('values')}）",
    Verdict.EXTENDED: lambda _: "已在运行，延长停留",
    Verdict.BUSY: lambda _: "已在运行",
    Verdict.QUEUE_FULL: lambda d: f"队伍已满（{d.get('waiting')} 位在等）",
    Verdict.WAITED_TOO_LONG: lambda d: f"等了 {span(d.get('of_us'))} 还没轮到",
    Verdict.REPLACED: lambda _: "被更晚的一次取代",
    Verdict.CLAIM_DENIED: lambda d: _held(d) + (f"，已等待 {span(d['waited_us'])}" if "waited_us" in d else ""),
    Verdict.SET_ASIDE: lambda d: f"引擎两次出错，此输入已搁置：{d.get('why')}",
    Verdict.WITHDRAWN: lambda d: f"已撤回：{d.get('why')}",
}
_WHYS: Mapping[str, str] = {  # what the engine says word for word; the rest stays as it is
    "it came to its end": "自然结束",
    "it ran as long as it may": "已到最长时间",
    "time was up while waiting": "等待超时",
    "a step failed": "有一步失败",
    "stopped by order": "按调度停止",
    "another start replaced it": "被新的一次启动取代",
    "it is out of order": "停用检修",
    "the controller restarted": "控制器重启",
    "its scene was changed": "场景已修改",
    "no confirmation came": "没有得到确认",
    "the device refused": "设备拒绝",
    "it shows something else": "显示的不是所要的",
    "too few of its group do what was asked": "同组照做的设备太少",
    "it started": "已启动",
    "it was reset": "已复位",
    "it begins": "开始",
    "ordered": "手动下令",
    "ordered again": "再次下令",
    "nobody confirmed": "无人确认",
    "the drill is over": "演习结束",
    "the first of two steps": "两步中的第一步",
    "the house is evacuated": "疏散",
}
_HOURS: Mapping[Scalar, str] = {"open": "开馆", "closed": "闭馆", "extended": "延长开馆"}
_ANSWERS = {"accepted": "接受", "refused": "拒绝", "done": "完成", "expired": "过期"}


_BANDS = {"exhibit": "展项", "session": "互动", "tour": "导览", "staff": "工作人员"}
_SAFETY = {"evacuation": "疏散", "drill": "疏散演习", "lifting": "正在解除疏散（第一步）", "normal": "疏散已解除"}


def _held(details: Fields) -> str:
    band = str(details.get("band"))
    return f"{details.get('holder')} 占用{details.get('held_zh')}（优先级：{_BANDS.get(band, band)}）"


def _awaited(details: Fields) -> str:
    if "holder" in details:
        return f"{_held(details)}，最多等 {span(details.get('at_most_us'))}"
    if "turn" in details:
        return f"排在第 {details.get('turn')} 位"
    return f"须持续 {span(details.get('for_us'))}"


def _who(note: Note) -> str:
    by, why = note.details.get("by"), note.details.get("why")
    return f"{why}（{by}）" if by else str(why or "")


def _verdict(note: Note) -> str:
    if note.verdict is Verdict.STARTED:
        return f"{note.scene} 启动"
    said = _VERDICTS.get(note.verdict) if note.verdict is not None else None
    words = said(note.details) if said is not None else str(note.verdict)
    return f"{note.scene or ''} 不启动：{words}" if note.scene else words


def _chinese_why(note: Note) -> str:
    why = note.details.get("why")
    return f"：{why}" if why else ""


_CHINESE: Mapping[str, Callable[[Note], str]] = {
    "verdict": _verdict,
    "pending": lambda n: f"{n.scene} 等待：{_awaited(n.details)}",
    "suspended": lambda n: f"{n.run} 暂停：{_held(n.details)}",
    "resumed": lambda n: f"{n.run} 继续：{n.details.get('holder')} 已让出",
    "phase": lambda n: f"{n.run} 进入 {n.details.get('phase')}" + ("（返回）" if n.details.get("why") else ""),
    "late": lambda n: f"{n.device} 的 {n.details.get('event')} 属于已结束的会话 {n.details.get('session')}",
    "ended": lambda n: f"{n.run} 结束，共 {span(n.details.get('lasted_us'))}：{n.details.get('why')}",
    "said": lambda n: f"致 {n.details.get('to')}：{n.details.get('text')}",
    "retried": lambda n: f"再次要求 {n.device}：{n.details.get('why')}",
    "substituted": lambda n: f"{n.device} 改用替代：{n.details.get('why')}",
    "failed": lambda n: f"{n.device} 没有照做：{n.details.get('why')}",
    "unknown": lambda n: f"不知道 {n.device} 是否做了 {n.details.get('command')}：{n.details.get('why')}",
    "again": lambda n: f"重新下达 {n.details.get('command')} 给 {n.device}：{n.details.get('why')}",
    "expired": lambda n: f"{n.details.get('command')} 没有下达给 {n.device}：{n.details.get('why')}",
    "refused": lambda n: f"拒收 {n.details.get('topic')}：{n.details.get('reason')}",
    "online": lambda n: f"{n.device} 上线",
    "offline": lambda n: f"{n.device} 掉线",
    "stands_in": lambda n: f"{n.device} 顶替 {n.details.get('for')}",
    "stands_back": lambda n: f"{n.details.get('for')} 恢复，{n.device} 回到备用",
    "order": lambda n: (
        f"{n.details.get('by') or '有人'} 下令 {n.details.get('verb')} {n.details.get('target')}："
        f"{_ANSWERS.get(str(n.details.get('answer')), n.details.get('answer'))}，{n.details.get('why')}"
    ),
    "link": lambda n: "已连上消息服务器" if n.details.get("state") == "there" else "消息服务器断开",
    "restarted": lambda n: f"控制器启动（第 {n.details.get('epoch')} 次）",
    "reloaded": lambda n: f"重新读取场馆：{n.details.get('changed')} 个场景有变化",
    "reload_refused": lambda n: f"新配置被拒绝，照旧运行：{n.details.get('why')}",
    "reload_unchanged": lambda _: "重新查看场馆：没有变化",
    "hours": lambda n: f"{_HOURS.get(n.details.get('state'), '')}至 {n.details.get('until') or '另行通知'}",
    "safety": lambda n: "：".join(one for one in (_SAFETY[str(n.details.get("state"))], _who(n)) if one),
    "variable": lambda n: f"{n.details.get('name')} 变为 {n.details.get('value')}" + _chinese_why(n),
    "fact": lambda n: f"{n.details.get('name')} {'成立' if n.details.get('value') else '不再成立'}" + _chinese_why(n),
    "mode": lambda n: f"模式 {n.details.get('name')} {'开启' if n.details.get('value') else '结束'}" + _chinese_why(n),
    "armed": lambda n: f"{n.scene} 启用",
    "disarmed": lambda n: f"{n.scene} 停用" + (f"：{n.details.get('why')}" if n.details.get("why") else ""),
}


def told(note: Note, language: Language) -> str:
    """The note as one line, without its time and place. What is not in Chinese yet is said in English."""
    chinese = _CHINESE.get(note.what)
    if language == "zh" and chinese is not None:
        return clean(chinese(_with_chinese_why(note)))
    if note.scene is not None and note.verdict is not None and note.verdict is not Verdict.STARTED:
        return clean(f"{note.scene} does not start: {verdict_words(note.verdict, note.details)}")
    return clean(sentence(note))


def _with_chinese_why(note: Note) -> Note:
    said, _, rest = str(note.details.get("why")).partition(": ")
    why = _WHYS.get(said)
    if why is not None and rest:
        why = f"{why}：{rest}"
    return note if why is None else replace(note, details={**note.details, "why": why})


def is_trouble(note: Note) -> bool:
    """What a technician must see: refused, failed, gone."""
    if note.what == "order":
        return note.details.get("answer") in ("refused", "expired")
    if note.what == "link":
        return note.details.get("state") == "gone"
    if note.what == "safety":
        return note.details.get("state") == "evacuation"
    troubles = ("failed", "refused", "reload_refused", "unknown", "expired", "offline", "stands_in")
    return note.what in troubles or note.verdict is Verdict.SET_ASIDE


def place_of(note: Note) -> str:
    """``scenes.yaml:14``; empty where there is none."""
    return clean(f"{note.place.file}:{note.place.line}") if note.place is not None else ""
