"""The Chinese of what is found wrong with tests of scenes, by the English sentence."""

from collections.abc import Mapping

CHINESE_OF_TRIALS: Mapping[str, str] = {
    "a file of tests": "测试文件",
    "a test": "一项测试",
    "what is given": "前提 given",
    "what happens": "发生的事",
    "what is said": "设备所说的内容",
    "what is expected": "预期",
    "what an event carries": "事件所带的内容",
    "what a scene is given": "交给场景的参数",
    "a state of a scene": "场景状态",
    "a verdict": "判定",
    "the test '{}' appears twice": "测试“{}”重复出现",
    "nothing is expected in this test": "这项测试没有写任何预期",
    "expect: and a list, as in - {{at: 1s, scene: welcome, is: running}}": (
        "写 expect: 和一个列表，例如 - {{at: 1s, scene: welcome, is: running}}"
    ),
    "this is expected before what stands above it": "这一条的时间早于上面一条",
    "expectations stand in the order of time": "预期按时间先后排列",
    "what is expected has one time, at or by": "每条预期有且只有一个时间：at 或 by",
    "at: 1s (so at that instant), or by: 10s (at the latest then)": "at: 1s（那一刻如此），或 by: 10s（最晚到那时）",
    "what is expected is one thing": "每条预期只写一件事",
    "{} stands beside {}": "{} 要与 {} 写在一起",
    "nothing happens here": "这里什么也没有发生",
    "'{}' is not an order": "“{}”不是调度口令",
    "'{}' is not a date": "“{}”不是日期",
    "as in 2022-01-18": "例如 2022-01-18",
    "'{}' is not a time of day": "“{}”不是一天中的时刻",
    "as in 14:32": "例如 14:32",
    "'{}' is not a number of starts": "“{}”不是启动次数",
    "as in 0 or 3": "例如 0 或 3",
    "{} is {}, and has a value": "{} 的类型是{}，需要一个值",
    "write {}: and the value": "写成 {}: 加上值",
    "{} is {}, not '{}'": "{} 的类型是{}，不能是“{}”",
}
