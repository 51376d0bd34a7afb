import { Button, Card, Form, Input, Space } from 'antd';
import { config } from '../config.ts';
import { useText } from '../language.ts';

/** 登录: a token of one's own, or a demo one. It stays in this tab. */
export function SignIn({ onToken }: { onToken: (token: string) => void }) {
  const text = useText();
  return (
    <Card title={text('登录', 'Sign in')} style={{ maxWidth: '44rem', margin: '10vh auto' }}>
      <Form<{ token: string }>
        layout="vertical"
        onFinish={({ token }) => onToken(token.trim().replace(/^Bearer\s+/i, ''))}
      >
        <Form.Item
          name="token"
          label={text('令牌（只保存在本标签页）', 'Token (kept in this tab only)')}
          rules={[{ required: true, message: text('请粘贴令牌', 'Paste a token') }]}
        >
          <Input.Password autoFocus autoComplete="off" />
        </Form.Item>
        <Space wrap>
          <Button type="primary" htmlType="submit">
            {text('登录', 'Sign in')}
          </Button>
          {config.demoTokens.map((demo) => (
            <Button key={demo.role} onClick={() => onToken(demo.token)}>
              {text(`演示：${demo.titleZh}`, `Demo: ${demo.role}`)}
            </Button>
          ))}
        </Space>
      </Form>
    </Card>
  );
}
